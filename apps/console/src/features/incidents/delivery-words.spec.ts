import { describe, expect, it } from '@jest/globals';
import type { IncidentDelivery } from '@loket/contracts/incidents.js';
import { byChannel, countOutcomes, outcomeOf, previewFor } from './delivery-words.js';

const to = (over: Partial<IncidentDelivery>): IncidentDelivery => ({
  caseId: 'c',
  caseNumber: 1,
  caseStatus: 'open',
  customerName: null,
  address: null,
  messageId: null,
  channelKind: 'email',
  state: null,
  blocked: null,
  ...over,
});

describe('outcomeOf', () => {
  it.each([
    [{}, 'waiting'],
    [{ state: 'pending' }, 'waiting'],
    [{ state: 'sending' }, 'waiting'],
    [{ state: 'sent' }, 'sent'],
    [{ state: 'read' }, 'sent'],
    [{ state: 'failed' }, 'bad'],
    [{ state: 'uncertain' }, 'bad'],
    [{ blocked: 'undeliverable' }, 'bad'],
  ] as const)('%j: %s', (over, expected) => {
    expect(outcomeOf(to(over))).toBe(expected);
  });
});

it('counts outcomes, and channels with the most used first', () => {
  const all = [
    to({ state: 'sent', channelKind: 'whatsapp' }),
    to({ state: 'read', channelKind: 'whatsapp' }),
    to({ blocked: 'undeliverable' }),
    to({ blocked: 'reply_impossible', channelKind: null }),
    to({}),
  ];
  expect(countOutcomes(all)).toEqual({ sent: 2, waiting: 1, bad: 2 });
  expect(byChannel(all)).toEqual([
    ['whatsapp', 2],
    ['email', 2],
  ]);
});

describe('previewFor', () => {
  it.each([
    ['Halo {{name}}, sudah pulih.', 'Dewi $&', 'Halo Dewi $&, sudah pulih.'],
    ['Halo {{ nama }}, sudah pulih.', null, 'Halo, sudah pulih.'],
    ['{{name}}, sudah pulih.', 'dewi@a.example', 'sudah pulih.'],
    ['Tanpa sapaan.', 'Dewi', 'Tanpa sapaan.'],
  ])('%j for %j', (text, name, expected) => {
    expect(previewFor(text, name)).toBe(expected);
  });
});

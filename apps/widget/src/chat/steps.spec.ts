import { describe, expect, it } from '@jest/globals';
import type { VisitorMessage } from '@loket/contracts/visitors.js';
import { refusalOf } from '../api/rest.js';
import { backoff } from './backoff.js';
import { openShelf } from './shelf.js';
import { contactStep, needsForm, subjectOf } from './steps.js';

const blocked = (): never => {
  throw new Error('blocked');
};
const shelfWith = (values: Record<string, string>) => {
  const shelf = openShelf('', blocked);
  for (const [key, value] of Object.entries(values)) shelf.set(key, value);
  return shelf;
};
const field = { id: 'a', kind: 'email' as const, label: {}, required: false, options: [] };

describe('needsForm', () => {
  it.each([
    ['nothing is asked', {}, [], {}, false, false],
    ['questions', {}, [field], {}, false, true],
    ['questions to whom the site names', {}, [field], {}, true, false],
    ['questions to whom we know', {}, [field], { token: 'x' }, false, false],
    ['consent, whoever it is', { en: 'We keep it.' }, [], { token: 'x' }, true, true],
    ['consent given', { en: 'We keep it.' }, [field], { consentAt: 'x' }, false, false],
    ['an empty text is no consent', { en: '' }, [], {}, false, false],
  ])('%s', (_, consentText, preChat, kept, identified, expected) =>
    expect(needsForm({ consentText, preChat }, shelfWith(kept), identified)).toBe(expected),
  );
});

describe('contactStep', () => {
  const own = [{ from: 'visitor' } as VisitorMessage];
  const by = { preChat: [], continueBy: ['email' as const] };
  it.each([
    ['nothing to answer', by, {}, [], 'hidden'],
    ['something to answer', by, {}, own, 'ask'],
    ['refused before', by, { contact: 'no' }, own, 'hidden'],
    ['named by the site', by, { subject: '7' }, own, 'hidden'],
    ['asked in the form', { ...by, preChat: [field] }, {}, own, 'hidden'],
    ['switched off', { ...by, continueBy: [] }, {}, own, 'hidden'],
  ])('%s', (_, config, kept, messages, expected) =>
    expect(contactStep(config, shelfWith(kept), messages)).toBe(expected),
  );
});

it.each([
  [`x.${Buffer.from('{"sub":"a?>b"}').toString('base64url')}.x`, 'a?>b'],
  ['x.e30.x', null],
  ['nonsense', null],
])('subjectOf %s', (jwt, subject) => expect(subjectOf(jwt)).toBe(subject));

it.each([
  [401, '', null, 'token', 0],
  [429, '<html>', '7', 'rate_limited', 7000],
  [403, '{"code":"blocked"}', null, 'blocked', 0],
  [502, 'Bad gateway', null, 'unavailable', 0],
  [400, '{"code":"constructor"}', null, 'invalid', 0],
])('refusalOf %s %s', (status, body, after, code, retryAfter) =>
  expect(refusalOf(status, body, after)).toMatchObject({ code, retryAfter }),
);

it('backoff grows, has an end and a share of chance', () => {
  expect([0, 1, 2, 30].map((tries) => backoff(tries, 500, 30_000, 1))).toEqual([500, 1000, 2000, 30_000]);
  expect(backoff(2, 500, 30_000, 0)).toBe(1000);
});

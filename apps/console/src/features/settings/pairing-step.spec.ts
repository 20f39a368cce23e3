import { describe, expect, it } from '@jest/globals';
import { sessionStates, type ChannelSession } from '@loket/contracts/channel-sessions.js';
import { countdown, movesOn, pairingStep } from './pairing-step.js';

const session = (part: Partial<ChannelSession>): ChannelSession => ({
  state: 'stopped',
  reason: null,
  account: null,
  offer: null,
  offerEndsAt: null,
  nextTryAt: null,
  ...part,
});

describe('pairingStep', () => {
  it.each<[Partial<ChannelSession>, object, boolean]>([
    [{ state: 'stopped', reason: 'not_paired' }, { step: 'choose' }, false],
    [{ state: 'stopped', reason: 'pairing' }, { step: 'opening' }, true],
    [{ state: 'stopped', reason: 'pairing_expired' }, { step: 'expired' }, false],
    [{ state: 'stopped', account: '62811' }, { step: 'choose' }, false],
    [
      { state: 'stopped', reason: 'phone_offline' },
      { step: 'failed', code: 'whatsapp_phone_offline' },
      false,
    ],
    [
      { state: 'stopped', reason: 'web_unavailable' },
      { step: 'hindered', code: 'whatsapp_web_unavailable' },
      false,
    ],
    [{ state: 'stopped', reason: 'config_invalid' }, { step: 'hindered', code: 'config_invalid' }, false],
    [{ state: 'starting' }, { step: 'opening' }, true],
    [{ state: 'qr_pending', offer: { kind: 'qr', qr: '2@a' } }, { step: 'qr', qr: '2@a' }, true],
    [{ state: 'qr_pending' }, { step: 'opening' }, true],
    [{ state: 'code_pending', offer: { kind: 'code', code: 'AB12' } }, { step: 'code', code: 'AB12' }, true],
    [{ state: 'authenticating' }, { step: 'linking' }, true],
    [{ state: 'syncing', account: '62811' }, { step: 'syncing' }, true],
    [{ state: 'ready', account: '62811' }, { step: 'linked', account: '62811' }, false],
    [{ state: 'backoff', reason: 'browser_died' }, { step: 'retrying', code: 'whatsapp_browser_died' }, true],
    [
      { state: 'auth_failed', reason: 'code_refused' },
      { step: 'failed', code: 'whatsapp_code_refused' },
      false,
    ],
    [{ state: 'blocked' }, { step: 'failed', code: 'whatsapp_blocked' }, false],
  ])('%j', (part, step, moves) => {
    expect(pairingStep(session(part))).toEqual(step);
    expect(movesOn(session(part))).toBe(moves);
  });

  it('knows every state', () => {
    for (const state of sessionStates) expect(pairingStep(session({ state }))).toHaveProperty('step');
  });
});

describe('countdown', () => {
  const now = new Date('2026-11-22T03:00:00Z');
  it.each([
    ['2026-11-22T03:09:59.200Z', '10:00'],
    ['2026-11-22T03:01:05Z', '1:05'],
    ['2026-11-22T03:00:00.100Z', '0:01'],
    ['2026-11-22T03:00:00Z', null],
    ['2026-11-22T02:59:00Z', null],
    ['2026-11-22T09:00:00Z', null],
    [null, null],
  ])('%s: %s', (endsAt, left) => {
    expect(countdown(endsAt, now)).toBe(left);
  });
});

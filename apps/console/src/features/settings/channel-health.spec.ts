import { describe, expect, it } from '@jest/globals';
import { ingressOnlyCapabilities, type Channel } from '@loket/contracts/channels.js';
import { healthOf, isBroken, needsPairing, sourceOf } from './channel-health.js';

type State = Pick<Channel, 'status' | 'statusCode'>;

describe('the state of a channel', () => {
  it.each<[State, string, string, boolean, boolean]>([
    [{ status: 'connected', statusCode: null }, 'ok', 'connected', false, false],
    [{ status: 'connecting', statusCode: null }, 'wait', 'connecting', false, false],
    [{ status: 'paused', statusCode: 'whatsapp_not_paired' }, 'wait', 'awaits_phone', true, true],
    [{ status: 'paused', statusCode: 'whatsapp_pairing_expired' }, 'wait', 'awaits_phone', true, true],
    [{ status: 'paused', statusCode: 'whatsapp_logged_out' }, 'off', 'paused', true, true],
    [{ status: 'paused', statusCode: 'whatsapp_blocked' }, 'off', 'paused', true, false],
    [{ status: 'paused', statusCode: 'imap_auth_failed' }, 'off', 'paused', true, false],
    [{ status: 'paused', statusCode: null }, 'off', 'paused', true, false],
    [{ status: 'disconnected', statusCode: 'whatsapp_browser_died' }, 'off', 'disconnected', true, false],
    [{ status: 'disabled', statusCode: null }, 'quiet', 'disabled', false, false],
  ])('%j', (channel, tone, word, broken, pairing) => {
    expect(healthOf(channel)).toEqual({ tone, word });
    expect(isBroken(channel)).toBe(broken);
    expect(needsPairing(channel)).toBe(pairing);
  });

  it('is told by how messages come in, not by the kind', () => {
    const base = ingressOnlyCapabilities;
    const webhook = {
      section: 'cloud',
      signature: 'hub_sha256' as const,
      secret: 'appSecret',
      verifyToken: 'verifyToken',
      mediaType: 'application/json',
    };
    expect(sourceOf({ capabilities: base })).toBe('mailbox');
    expect(sourceOf({ capabilities: { ...base, session: true } })).toBe('phone');
    expect(sourceOf({ capabilities: { ...base, webhook } })).toBe('webhook');
    expect(sourceOf({ capabilities: { ...base, visitors: 'application/json' } })).toBe('site');
  });
});

import { describe, expect, it } from '@jest/globals';
import { sessionStates } from '@loket/contracts/channel-sessions.js';
import {
  whatsappAccountCodes,
  whatsappChannelCodes,
  whatsappMessageCodes,
  whatsappSessionReasons,
} from '@loket/contracts/whatsapp-codes.js';
import { graphReasons, verdictOf } from './cloud/graph-codes.js';
import { sessionEndings } from './web/session-protocol.js';
import { statusOf } from './web/session-report.js';

const channel: readonly string[] = whatsappChannelCodes;
const all: readonly string[] = [...whatsappChannelCodes, ...whatsappMessageCodes];

describe('codes that the console has sentences for', () => {
  it('hold everything that Meta refuses', () => {
    expect(graphReasons.filter((reason) => !all.includes(reason))).toEqual([]);
  });

  it('hold among those of the channel whatever pauses it', () => {
    const pausing = Array.from({ length: 140_000 }, (_, code) => verdictOf(code, null))
      .filter(({ code }) => code === 'auth')
      .map(({ reason }) => reason);
    const account: readonly string[] = whatsappAccountCodes;
    expect([...new Set(pausing)].filter((reason) => !account.includes(reason))).toEqual([]);
    expect(new Set(pausing).size).toBeGreaterThan(5);
  });

  it('hold every status of a session', () => {
    const reasons = [null, ...sessionEndings, ...whatsappSessionReasons];
    const codes = sessionStates.flatMap((state) =>
      reasons.map((reason) => statusOf({ state, reason, account: null }).code),
    );
    expect([...new Set(codes)].filter((code) => code !== null && !channel.includes(code))).toEqual([]);
  });
});

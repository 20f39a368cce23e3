import { describe, expect, it } from '@jest/globals';
import { sessionActionSchema, type SessionState } from '@loket/contracts/channel-sessions.js';
import { SessionActions } from './session-actions.js';

function scene(state: SessionState = 'stopped', account: string | null = null) {
  const log: string[] = [];
  const slow = async (what: string): Promise<void> => {
    log.push(`${what} begins`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.push(`${what} ends`);
  };
  const actions = new SessionActions({
    state: { state, reason: null, account },
    pair: (phone = null) => slow(`pair ${String(phone)}`),
    cancelPairing: () => slow('cancel'),
    restart: () => slow('restart'),
    logOut: () => slow('log out'),
  });
  return { log, run: (action: object) => actions.run(sessionActionSchema.parse(action)) };
}

describe('what people ask of a session', () => {
  it('happens one after the other, and goes on after what failed', async () => {
    const { log, run } = scene();
    const wrong = run({ action: 'pair', phone: 'x' }).catch(() => log.push('wrong'));
    await Promise.all([wrong, run({ action: 'pair' }), run({ action: 'cancel' })]);
    expect(log).toEqual(['wrong', 'pair null begins', 'pair null ends', 'cancel begins', 'cancel ends']);
  });

  it.each([
    ['+62 811-0000-0001', '6281100000001'],
    ['62 (811) 000.0001', '628110000001'],
    ['+1 555 0100', '15550100'],
  ])('links %s', async (phone, digits) => {
    const { log, run } = scene();
    await run({ action: 'pair', phone });
    expect(log[0]).toBe(`pair ${digits} begins`);
  });

  it.each(['0811 0000 0001', '', '12345', '+62 811 0000 0001 2345 678', 'sixtytwo', '62811x0000'])(
    'does not link %p',
    async (phone) => {
      const { log, run } = scene();
      await expect(run({ action: 'pair', phone })).rejects.toMatchObject({
        kind: 'invalid',
        code: 'phone_invalid',
      });
      expect(log).toEqual([]);
    },
  );

  it.each<[object, SessionState, string | null, string | null]>([
    [{ action: 'restart' }, 'stopped', null, 'session_not_linked'],
    [{ action: 'restart' }, 'conflict', '62811', null],
    [{ action: 'log_out' }, 'backoff', '62811', 'session_not_ready'],
    [{ action: 'log_out' }, 'qr_pending', null, 'session_not_ready'],
    [{ action: 'log_out' }, 'ready', '62811', null],
    [{ action: 'log_out' }, 'degraded', '62811', null],
  ])('%p of a session that is %s: refused with %s', async (action, state, account, code) => {
    const { log, run } = scene(state, account);
    const outcome = await run(action).catch((error: unknown) => error);
    if (code === null) expect([outcome, log.length]).toEqual([undefined, 2]);
    else expect([outcome, log]).toMatchObject([{ kind: 'conflict', code }, []]);
  });
});

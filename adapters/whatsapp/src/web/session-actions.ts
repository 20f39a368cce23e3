import type { SessionAction } from '@loket/contracts/channel-sessions.js';
import { AppError } from '@loket/contracts/errors.js';
import type { WebSession } from './web-session.js';

type Session = Pick<WebSession, 'state' | 'pair' | 'cancelPairing' | 'restart' | 'logOut'>;

/** What people ask of a session: one thing after the other, whoever asks. */
export class SessionActions {
  private line: Promise<unknown> = Promise.resolve();

  constructor(private readonly session: Session) {}

  /** @throws AppError invalid `phone_invalid`, conflict `session_not_linked` or `session_not_ready` */
  run(action: SessionAction): Promise<void> {
    const done = this.line.then(() => this.act(action));
    this.line = done.catch(() => undefined);
    return done;
  }

  private async act(action: SessionAction): Promise<void> {
    const { session } = this;
    switch (action.action) {
      case 'pair':
        await session.pair(action.phone === null ? null : phoneOf(action.phone));
        return;
      case 'cancel':
        await session.cancelPairing();
        return;
      case 'restart':
        if (session.state.account === null)
          throw new AppError('conflict', 'session_not_linked', 'no phone was linked that could be restarted');
        await session.restart();
        return;
      case 'log_out':
        if (session.state.state !== 'ready' && session.state.state !== 'degraded')
          throw new AppError('conflict', 'session_not_ready', 'the session has to be connected for this');
        await session.logOut();
    }
  }
}

/**
 * Digits of a number with its country code. Nothing more is asked of it: WhatsApp knows numbers that no table does.
 * @throws AppError invalid `phone_invalid`
 */
function phoneOf(written: string): string {
  const digits = written.replace(/[\s().+-]/g, '');
  if (/^[1-9]\d{6,14}$/.test(digits)) return digits;
  throw new AppError('invalid', 'phone_invalid', 'a phone number with its country code is needed');
}

import type { ImapFlow } from 'imapflow';
import type { ImapConfig } from '@loket/contracts/channels.js';
import type { AdapterLog } from '@loket/channel/port.js';

/**
 * What happens to mails in the mailbox once they are stored: nothing, marked as read, or moved. It is a courtesy to
 * people who look into the mailbox; that it fails is worth a warning, never a second intake.
 */
export class AfterStorePolicy {
  /** connection on which the target folder is known to exist */
  private readyOn: ImapFlow | null = null;

  constructor(
    private readonly config: Pick<ImapConfig, 'afterStore' | 'moveTo'>,
    private readonly log: AdapterLog,
  ) {}

  /**
   * @param path the mailbox that is selected
   * @throws only when the connection is gone, so that the mails keep waiting for it
   */
  async apply(client: ImapFlow, path: string, uids: readonly number[]): Promise<void> {
    if (uids.length === 0 || this.config.afterStore === 'leave') return;
    const range = uids.join(',');
    const done =
      this.config.afterStore === 'mark_seen'
        ? await client.messageFlagsAdd(range, ['\\Seen'], { uid: true, silent: true })
        : await this.move(client, path, range);
    if (done) return;
    // imapflow answers false to a refusal and to a lost connection alike.
    if (!client.usable) throw Object.assign(new Error('the connection broke'), { code: 'NoConnection' });
    this.log.warn(
      { policy: this.config.afterStore, mails: uids.length },
      'mails stored but left as they were in the mailbox',
    );
  }

  private async move(client: ImapFlow, path: string, range: string): Promise<boolean> {
    // A target that is read itself would give every mail back to us.
    if (path === this.config.moveTo) return true;
    if (this.readyOn !== client) {
      if (!(await this.ensureTarget(client))) return false;
      this.readyOn = client;
    }
    // Without MOVE (RFC 6851) imapflow copies, and deletes only what was copied.
    return Boolean(await client.messageMove(range, this.config.moveTo, { uid: true }));
  }

  private async ensureTarget(client: ImapFlow): Promise<boolean> {
    if (await client.status(this.config.moveTo, { messages: true }).catch(() => false)) return true;
    return client.mailboxCreate(this.config.moveTo).then(Boolean, () => false);
  }
}

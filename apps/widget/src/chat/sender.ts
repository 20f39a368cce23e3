import type { VisitorErrorCode } from '@loket/contracts/visitor-limits.js';
import type { VisitorFile, VisitorSend, VisitorSendAck } from '@loket/contracts/visitors.js';
import { Refusal } from '../api/rest.js';
import { backoff } from './backoff.js';
import type { Outbox, Queued, QueuedFile } from './outbox.js';
import { alone } from './tabs.js';

export interface SenderOptions {
  outbox: Outbox;
  /** name of the lock under which one tab at a time sends */
  lock: string;
  ready(): boolean;
  send(message: VisitorSend): Promise<VisitorSendAck | null>;
  upload(file: QueuedFile): Promise<VisitorFile>;
  /** the server has it */
  sent(message: Queued, ack: { messageId: string; at: string }): void;
  /** the outbox is not what it was */
  changed(): Promise<void>;
}

/** tries of one file while the connection stands; about a minute */
const patience = 7;

/**
 * Empties the outbox: one message at a time, the next only after the server has the one before, so that the order holds.
 * A message leaves the outbox only then; what is sent twice because an acknowledgement was lost the server knows by its
 * `clientId`.
 */
export class Sender {
  private running = false;
  private once = false;
  private tries = 0;
  private round = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: SenderOptions) {}

  /** Call it whenever something is to be sent or can be sent again. */
  flush(): void {
    clearTimeout(this.retry);
    this.once = true;
    if (!this.running) void this.run();
  }

  /** What is on its way is not finished: the visitor has changed, or the chat is taken away. */
  stop(): void {
    this.round += 1;
    clearTimeout(this.retry);
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      while (this.once) {
        this.once = false;
        await alone(this.options.lock, () => this.empty());
      }
    } finally {
      this.running = false;
    }
  }

  private async empty(): Promise<void> {
    const { outbox, ready } = this.options;
    while (ready()) {
      const message = (await outbox.list()).find(({ failed }) => failed === null);
      if (!message) return;
      const outcome = await this.deliver(message);
      if (outcome === 'done') this.tries = 0;
      else {
        if (ready()) this.later(outcome);
        return;
      }
    }
  }

  /** @returns `done`, or for how many milliseconds at least it is to be left alone */
  private async deliver(message: Queued): Promise<'done' | number> {
    const { round } = this;
    try {
      for (const file of message.files) {
        if (file.uploaded) continue;
        file.uploaded = await this.options.upload(file);
        await this.options.outbox.update(message);
      }
    } catch (error) {
      const { code, retry, retryAfter } = error instanceof Refusal ? error : new Refusal('invalid');
      // a file that never goes through, though all else does, must not hold up what was written after it
      const stuck = code === 'unavailable' && this.options.ready() && this.tries >= patience;
      return this.refused(message, code, retry && !stuck, retryAfter);
    }
    if (round !== this.round) return 0;
    const { clientId, text, files, preChat } = message;
    const attachments = files.flatMap(({ uploaded }) => (uploaded ? [uploaded.id] : []));
    const ack = await this.options.send({ clientId, text, attachments, ...(preChat && { preChat }) });
    if (!ack) return 0;
    if (!ack.ok) {
      const { retry, retryAfter } = new Refusal(ack.code, ack.retryAfter);
      return this.refused(message, ack.code, retry, retryAfter);
    }
    this.options.sent(message, ack);
    await this.options.outbox.remove(message.order);
    await this.options.changed();
    return 'done';
  }

  private async refused(
    message: Queued,
    code: VisitorErrorCode,
    retry: boolean,
    retryAfter: number,
  ): Promise<'done' | number> {
    if (retry) return retryAfter;
    await this.options.outbox.update({ ...message, failed: code });
    await this.options.changed();
    return 'done';
  }

  private later(atLeast: number): void {
    this.retry = setTimeout(() => this.flush(), Math.max(atLeast, backoff(this.tries)));
    this.tries += 1;
  }
}

import type { VisitorFile, VisitorSend, VisitorSendAck } from '@loket/contracts/visitors.js';
import { newId } from './new-id.js';
import { Outbox, type Queued, type QueuedFile } from './outbox.js';
import { Sender } from './sender.js';
import type { Shelf } from './shelf.js';

export interface OutgoingOptions {
  /** of the database and the lock that all tabs share */
  name: string;
  shelf: Shelf;
  connected(): boolean;
  send(message: VisitorSend): Promise<VisitorSendAck | null>;
  upload(file: QueuedFile): Promise<VisitorFile>;
  /** the server has it */
  sent(message: Queued, ack: { messageId: string; at: string }): void;
  show(pending: Queued[]): void;
  /** tells the other tabs that something is different now */
  nudge(): void;
}

/** What the visitor has written and the server does not have yet. */
export class Outgoing {
  pending: Queued[] = [];
  private readonly outbox: Outbox;
  private readonly sender: Sender;

  constructor(private readonly options: OutgoingOptions) {
    const { name, connected, send, upload, sent } = options;
    this.outbox = new Outbox(name);
    const changed = (): Promise<void> => this.changed();
    this.sender = new Sender({
      outbox: this.outbox,
      lock: `${name}:outbox`,
      ready: connected,
      send,
      upload,
      sent,
      changed,
    });
  }

  async write(text: string, files: readonly File[]): Promise<void> {
    const { shelf } = this.options;
    const answers = shelf.get('preChat');
    const message: Queued = {
      clientId: newId(),
      writtenAt: Date.now(),
      text,
      files: files.map((blob) => ({ clientId: newId(), blob, name: blob.name, uploaded: null })),
      failed: null,
      ...(answers && { preChat: JSON.parse(answers) as Record<string, string> }),
    };
    await this.outbox.add(message);
    shelf.set('preChat', null);
    await this.changed();
    this.flush();
  }

  async retry(message: Queued): Promise<void> {
    const files = message.files.map((file) => ({ ...file, uploaded: null }));
    await this.outbox.update({ ...message, files, failed: null });
    await this.changed();
    this.flush();
  }

  async discard(message: Queued): Promise<void> {
    await this.outbox.remove(message.order);
    await this.changed();
  }

  /** It stands in the conversation: the server has had it all along, only the acknowledgement was lost. */
  settle(clientId: string | null): void {
    const waiting = this.pending.find((message) => message.clientId === clientId);
    if (waiting) void this.discard(waiting);
  }

  async clear(): Promise<void> {
    await this.outbox.clear();
    await this.changed();
  }

  async refresh(): Promise<void> {
    this.pending = await this.outbox.list();
    this.options.show(this.pending);
  }

  flush(): void {
    this.sender.flush();
  }

  /** What is on its way is not finished; it stays in the outbox. */
  halt(): void {
    this.sender.stop();
  }

  close(): void {
    this.halt();
    this.outbox.close();
  }

  private async changed(): Promise<void> {
    this.options.nudge();
    await this.refresh();
  }
}

import type { ReceiptEvent } from '../whatsapp-event.js';
import type { SendTag } from './send-tag.js';

/** Ids (`wamid.…`) that the parts of our messages were given, as far as they are known. */
type Parts = (string | undefined)[];

/**
 * What has left lately, so that the same message is not sent twice by the same process: by the answers to sends, and by
 * statuses where an answer was lost. Bounded; what it has forgotten, core knows.
 */
export class SentParts {
  private readonly messages = new Map<string, Parts>();

  constructor(private readonly max = 20_000) {}

  of(messageId: string): Parts {
    return this.messages.get(messageId) ?? [];
  }

  note({ messageId, part }: SendTag, wamid: string): void {
    const parts = [...this.of(messageId)];
    parts[part] = wamid;
    this.remember(messageId, parts);
  }

  /** A failed status frees its part: sent again, it is another message. */
  status(tag: SendTag, { ref, state }: ReceiptEvent): void {
    const known = this.of(tag.messageId)[tag.part];
    if (state !== 'failed') this.note(tag, ref.id);
    else if (known === undefined || known === ref.id) {
      const parts = [...this.of(tag.messageId)];
      parts[tag.part] = undefined;
      this.remember(tag.messageId, parts);
    }
  }

  restore(messageId: string, parts: readonly (string | null)[]): void {
    this.remember(
      messageId,
      parts.map((wamid) => wamid ?? undefined),
    );
  }

  private remember(messageId: string, parts: Parts): void {
    // the newest stand at the end
    this.messages.delete(messageId);
    this.messages.set(messageId, parts);
    for (const oldest of this.messages.keys()) {
      if (this.messages.size <= this.max) break;
      this.messages.delete(oldest);
    }
  }
}

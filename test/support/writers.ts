import { CasesService } from '@loket/core/cases/cases.service.js';
import { message, type TestCore } from './core.js';

export interface Opened {
  id: string;
  number: number;
  messageId: string;
  externalId: string;
  /** address of who wrote */
  from: string;
  customerId: string;
}

/** People who write mails and chats to a desk. Everybody is new unless a test says who it is. */
export class Writers {
  private count = 0;

  constructor(
    private readonly core: TestCore,
    readonly mail: string,
    readonly chat: string,
  ) {}

  /** A mail channel and a chat channel, and nobody has written yet. */
  static async on(core: TestCore): Promise<Writers> {
    return new Writers(core, await core.addChannel(), await core.addChannel({}, 'whatsapp'));
  }

  somebody(): string {
    this.count += 1;
    return `tamu${String(this.count)}@customer.example`;
  }

  /** A mail that opens a case of its own. */
  async open(text: string, from = this.somebody()): Promise<Opened> {
    const m = message(this.mail, { from, text, subject: text });
    const { caseId, messageId, customerId } = await this.core.receive(m);
    const { number } = await this.core.get(CasesService).get(caseId);
    return { id: caseId, number, messageId, customerId, externalId: m.externalId, from };
  }

  /** A mail that answers one that came before. */
  async answer(
    to: Pick<Opened, 'externalId' | 'from'>,
    text: string,
    from = to.from,
  ): Promise<{ caseId: string; messageId: string; externalId: string; from: string }> {
    const thread = { references: [to.externalId], inReplyTo: to.externalId };
    const m = message(this.mail, { from, text, thread });
    return { ...(await this.core.receive(m)), externalId: m.externalId, from };
  }

  /** A chat message from this number. */
  async say(number: string, text: string): Promise<{ caseId: string; messageId: string }> {
    return this.core.receive(
      message(this.chat, {
        text,
        subject: null,
        sender: { kind: 'whatsapp', value: number, proof: 'verified' },
      }),
    );
  }
}

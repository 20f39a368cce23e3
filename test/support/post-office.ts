import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { Dovecot, freePort } from './dovecot.js';

export interface Mailbox {
  address: string;
  password: string;
}

/**
 * A whole mail system: SMTP in front, Dovecot mailboxes behind. What is handed to it for one of its mailboxes lands
 * there, so that both sides of a conversation read and write real mail.
 */
export class PostOffice {
  private delivered = 0;

  private constructor(
    private readonly mailboxes: Map<string, Mailbox>,
    private readonly dovecot: Dovecot,
    private readonly server: SMTPServer,
    readonly smtpPort: number,
  ) {}

  static async open(mailboxes: Mailbox[]): Promise<PostOffice> {
    const users = mailboxes.map(({ address, password }) => ({ name: address, password }));
    const dovecot = await Dovecot.start({ users });
    const port = await freePort();
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      onAuth: (auth, _session, done) => {
        const box = office.mailboxes.get(auth.username ?? '');
        if (box && box.password === auth.password) done(null, { user: box.address });
        else done(Object.assign(new Error('5.7.8 wrong name or password'), { responseCode: 535 }));
      },
      onMailFrom: ({ address }, { user }, done) => {
        if (address === user) done();
        else done(Object.assign(new Error('5.7.1 not your address'), { responseCode: 553 }));
      },
      onRcptTo: ({ address }, _session, done) => {
        if (office.mailboxOf(address)) done();
        else done(Object.assign(new Error('5.1.1 no such user here'), { responseCode: 550 }));
      },
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const from = envelope.mailFrom ? envelope.mailFrom.address : '';
          const to = envelope.rcptTo.map(({ address }) => address);
          office.deliver(from, to, Buffer.concat(chunks)).then(() => done(), done);
        });
      },
    });
    const office = new PostOffice(new Map(mailboxes.map((box) => [box.address, box])), dovecot, server, port);
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
    return office;
  }

  get imapPort(): number {
    return this.dovecot.port;
  }

  /** Config of an e-mail channel for one of the mailboxes. */
  channelConfig(address: string) {
    const password = this.mailboxes.get(address)?.password ?? '';
    const account = { host: '127.0.0.1', user: address, password, security: 'none' as const };
    return {
      address,
      imap: { ...account, port: this.imapPort },
      smtp: { ...account, port: this.smtpPort },
    };
  }

  /** Somebody sends a mail from his own mailbox, as a mail program does. */
  async send(from: string, to: string, raw: Buffer): Promise<void> {
    const transport = createTransport({
      host: '127.0.0.1',
      port: this.smtpPort,
      secure: false,
      auth: { user: from, pass: this.mailboxes.get(from)?.password ?? '' },
    });
    try {
      await transport.sendMail({ envelope: { from, to }, raw });
    } finally {
      transport.close();
    }
  }

  /** The mails in a mailbox, oldest first. */
  async inbox(address: string): Promise<string[]> {
    const mails = await this.dovecot.list(address);
    const nth = (raw: string): number => Number(/ id (\d+);/.exec(raw)?.[1] ?? 0);
    return mails.map(({ raw }) => raw).sort((a, b) => nth(a) - nth(b));
  }

  /** Is there a mail in the mailbox that nobody has marked as read? */
  async unseen(address: string): Promise<number> {
    return (await this.dovecot.list(address)).filter(({ flags }) => !flags.includes('S')).length;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
    await this.dovecot.stop();
  }

  /** `local+anything@domain` lands with `local@domain` (RFC 5233). */
  private mailboxOf(address: string): Mailbox | undefined {
    return this.mailboxes.get(address.toLowerCase().replace(/\+[^@]*@/, '@'));
  }

  private async deliver(from: string, to: string[], raw: Buffer): Promise<void> {
    for (const address of to) {
      const box = this.mailboxOf(address);
      if (!box) continue;
      this.delivered += 1;
      const trace = [
        `Return-Path: <${from}>`,
        `Delivered-To: ${box.address}`,
        `Received: from client by mx.office.example with ESMTPSA id ${String(this.delivered)}; ${new Date().toUTCString()}`,
        '',
      ].join('\r\n');
      await this.dovecot.deliver(box.address, Buffer.concat([Buffer.from(trace), raw]));
    }
  }
}

import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { selfSigned } from './certificate.js';
import { freePort } from './dovecot.js';

/** One mail that a client handed over completely. */
export interface SunkMail {
  from: string;
  to: string[];
  raw: string;
  user: string | null;
}

/**
 * What the server does with the next mails.
 * `drop_during_data`: cuts the connection while the mail is still coming; `drop_after_data`: takes the whole mail and
 * cuts the connection before it answers (RFC 1047); `silent_after_data`: takes it and never answers.
 */
export type Trouble =
  | { at: 'mail' | 'data' | 'after_data'; code: number; text: string }
  | { at: 'rcpt'; code: number; text: string; only?: string }
  | { at: 'drop_on_connect' | 'drop_during_data' | 'drop_after_data' | 'silent_after_data' };

export interface SmtpSinkOptions {
  /** sign-in that is asked for; none = open */
  auth?: { user: string; password: string };
  /** offer STARTTLS with a self-signed certificate */
  starttls?: boolean;
  /** bytes, announced as SIZE */
  size?: number;
}

/** A real SMTP server that keeps what it is given and can misbehave on cue. */
export class SmtpSink {
  readonly mails: SunkMail[] = [];
  /** connections opened so far */
  connections = 0;
  private trouble: { what: Trouble; times: number } | null = null;
  private readonly sockets = new Map<number, Socket>();

  private constructor(
    private readonly server: SMTPServer,
    readonly port: number,
  ) {}

  static async start(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
    const port = await freePort();
    const server = new SMTPServer({
      ...(options.starttls ? await selfSigned() : {}),
      authOptional: !options.auth,
      disabledCommands: [...(options.starttls ? [] : ['STARTTLS']), ...(options.auth ? [] : ['AUTH'])],
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      ...(options.size ? { size: options.size } : {}),
      onAuth: (auth, _session, done) => {
        const right = auth.username === options.auth?.user && auth.password === options.auth?.password;
        if (right) return done(null, { user: auth.username });
        done(Object.assign(new Error('5.7.8 Username and Password not accepted'), { responseCode: 535 }));
      },
      onConnect: (session, done) => (sink.meets('drop_on_connect') ? sink.cut(session) : done()),
      onMailFrom: (_address, _session, done) => done(sink.refusal('mail')),
      onRcptTo: (address, _session, done) => done(sink.refusal('rcpt', address.address)),
      onData: (stream, session, done) => {
        const refusal = sink.refusal('data');
        if (sink.meets('drop_during_data')) {
          stream.once('data', () => sink.cut(session));
          stream.resume();
          return;
        }
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (refusal) return done(refusal);
          const late = sink.refusal('after_data');
          if (late) return done(late);
          if (stream.sizeExceeded)
            return done(Object.assign(new Error('5.3.4 too big'), { responseCode: 552 }));
          sink.keep(session, Buffer.concat(chunks));
          if (sink.meets('silent_after_data')) return;
          if (sink.meets('drop_after_data')) return sink.cut(session);
          done(null);
        });
      },
    });
    const sink = new SmtpSink(server, port);
    server.on('error', () => undefined);
    server.server.on('connection', (socket: Socket) => {
      sink.connections += 1;
      if (socket.remotePort !== undefined) sink.sockets.set(socket.remotePort, socket);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
    return sink;
  }

  /** The next `times` mails meet this trouble; null ends it. */
  misbehave(what: Trouble | null, times = Number.POSITIVE_INFINITY): void {
    this.trouble = what && { what, times };
  }

  /** Cuts every open connection; the server goes on listening. */
  dropConnections(): void {
    for (const socket of this.sockets.values()) socket.destroy();
    this.sockets.clear();
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.dropConnections();
    });
  }

  private keep(session: SMTPServerSession, raw: Buffer): void {
    const { mailFrom, rcptTo } = session.envelope;
    this.mails.push({
      from: mailFrom ? mailFrom.address : '',
      to: rcptTo.map((recipient) => recipient.address),
      raw: raw.toString('utf8'),
      user: typeof session.user === 'string' ? session.user : null,
    });
  }

  private refusal(at: 'mail' | 'rcpt' | 'data' | 'after_data', recipient?: string): Error | null {
    const what = this.trouble?.what;
    if (!what || what.at !== at || !('code' in what)) return null;
    if (what.at === 'rcpt' && what.only !== undefined && what.only !== recipient) return null;
    this.count();
    return Object.assign(new Error(what.text), { responseCode: what.code });
  }

  private meets(at: Trouble['at']): boolean {
    if (this.trouble?.what.at !== at) return false;
    this.count();
    return true;
  }

  private count(): void {
    if (this.trouble && (this.trouble.times -= 1) <= 0) this.trouble = null;
  }

  private cut(session: SMTPServerSession): void {
    this.sockets.get(session.remotePort)?.destroy();
  }
}

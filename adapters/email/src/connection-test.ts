import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type {
  ConnectionReport,
  ConnectionStep,
  EmailConfig,
  ImapConfig,
  SmtpConfig,
} from '@loket/contracts/channels.js';
import { hangUp, newImapClient } from './imap-client.js';
import { imapFailure } from './imap-failure.js';
import { smtpFailure } from './smtp-failure.js';
import { smtpOptions } from './smtp-sender.js';

type Data = NonNullable<ConnectionStep['data']>;
interface Said {
  code: string;
  detail: string;
}

/** One side of the test: its steps run in order, and the first that fails ends it. */
class Steps {
  readonly done: ConnectionStep[] = [];

  constructor(private readonly explain: (error: unknown) => Said) {}

  /** @returns whether it went well */
  async run(step: string, work: () => Promise<Data | void>): Promise<boolean> {
    const start = performance.now();
    const ms = (): number => Math.round(performance.now() - start);
    try {
      const data = await work();
      this.done.push({ step, ok: true, ms: ms(), code: null, detail: null, ...(data ? { data } : {}) });
      return true;
    } catch (error) {
      this.done.push({ step, ok: false, ms: ms(), ...this.explain(error) });
      return false;
    }
  }
}

/**
 * Tries the settings against the real servers, both sides at the same time.
 *
 * @param limitMs how long the whole may take
 */
export async function testConnection(config: EmailConfig, limitMs = 15_000): Promise<ConnectionReport> {
  const { imap, smtp } = config;
  const sides = await Promise.all([imap ? testImap(imap, limitMs) : [], smtp ? testSmtp(smtp, limitMs) : []]);
  const steps = sides.flat();
  return { ok: steps.length > 0 && steps.every(({ ok }) => ok), steps };
}

async function testImap(imap: ImapConfig, limitMs: number): Promise<ConnectionStep[]> {
  const steps = new Steps((error) => {
    const { code, detail } = imapFailure(error, imap.host);
    return { code, detail };
  });
  const deadline = Date.now() + limitMs;
  if (!(await steps.run('imap_connect', () => reach(imap, deadline)))) return steps.done;
  const left = Math.max(1, deadline - Date.now());
  const client = newImapClient(imap, { connectMs: left, greetingMs: left, silenceMs: left });
  try {
    if (!(await steps.run('imap_login', () => before(deadline, client.connect())))) return steps.done;
    for (const path of imap.mailboxes) {
      const found = await steps.run('imap_mailbox', async () => {
        const { exists } = await before(deadline, client.mailboxOpen(path, { readOnly: true }));
        return { mailbox: path, messages: exists };
      });
      const failed = steps.done.at(-1);
      if (!found && failed) failed.data = { mailbox: path };
      if (!client.usable) break;
    }
    return steps.done;
  } finally {
    await hangUp(client);
  }
}

async function testSmtp(smtp: SmtpConfig, limitMs: number): Promise<ConnectionStep[]> {
  const steps = new Steps((error) => {
    const { reason, detail } = smtpFailure(error, { complete: false }, smtp.host);
    return { code: reason, detail: detail ?? '' };
  });
  const deadline = Date.now() + limitMs;
  const options = smtpOptions(smtp, {
    connectMs: limitMs,
    greetingMs: limitMs,
    silenceMs: limitMs,
    idleMs: 0,
  });
  const connection = new SMTPConnection(options);
  // An error of the socket outside a command would end the process.
  connection.on('error', () => undefined);
  try {
    const reached = await steps.run('smtp_connect', () =>
      before(
        deadline,
        new Promise((resolve, reject) => {
          connection.once('error', reject);
          connection.connect((error) => (error ? reject(error) : resolve()));
        }),
      ),
    );
    const { auth } = options as { auth?: { user: string; pass: string } };
    if (!reached || !auth) return steps.done;
    await steps.run('smtp_login', () =>
      before(
        deadline,
        new Promise((resolve, reject) => {
          connection.once('error', reject);
          connection.login(auth, (error) => (error ? reject(error) : resolve()));
        }),
      ),
    );
    return steps.done;
  } finally {
    connection.close();
  }
}

/** Name, port, TLS and the first sign of life, on a connection of its own, so that sign-in is timed apart. */
function reach(server: ImapConfig, deadline: number): Promise<void> {
  const { host, port } = server;
  const options = {
    host,
    port,
    rejectUnauthorized: !server.allowInvalidCertificate,
    ...(isIP(host) ? {} : { servername: host }),
  };
  const socket: Socket = server.security === 'tls' ? connectTls(options) : connectTcp({ host, port });
  const greeted = new Promise<void>((resolve, reject) => {
    socket.once('data', () => resolve());
    socket.once('error', reject);
    socket.once('close', () =>
      reject(Object.assign(new Error('the server hung up'), { code: 'ECONNRESET' })),
    );
  });
  return before(deadline, greeted).finally(() => {
    socket.on('error', () => undefined);
    socket.destroy();
  });
}

/** @throws ETIMEDOUT when the work is not done by then; its own outcome is ignored from there on */
async function before<T>(deadline: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })),
      Math.max(1, deadline - Date.now()),
    );
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, mkdtemp, readFile, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { selfSigned } from './certificate.js';

export interface DovecotOptions {
  users: { name: string; password: string }[];
  /** lines added to dovecot.conf, e.g. `imap_capability = IMAP4rev1 UIDPLUS` */
  extraConfig?: string;
}

/** One mail as it stands in a mailbox. `flags` are Maildir letters: S seen, T trashed … */
export interface StoredMail {
  raw: string;
  flags: string;
}

/**
 * A real Dovecot on free ports of 127.0.0.1, with Maildirs in a temporary folder. It runs as an ordinary user
 * (`nobody` when the tests run as root, which Dovecot refuses to serve mail as).
 */
export class Dovecot {
  private process: ChildProcess | null = null;
  private readonly passwords = new Map<string, string>();

  private constructor(
    /** IMAP with STARTTLS */
    readonly port: number,
    /** IMAP over TLS, self-signed for `localhost` */
    readonly tlsPort: number,
    private readonly root: string,
    private readonly owner: { uid: number; gid: number } | null,
  ) {}

  static async start(options: DovecotOptions): Promise<Dovecot> {
    // Short path: UNIX sockets below it are limited to 108 bytes.
    const root = await mkdtemp(join(tmpdir(), 'dv-'));
    const owner = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : null;
    const server = new Dovecot(await freePort(), await freePort(), root, owner);
    await server.install(options);
    await server.resume();
    return server;
  }

  /** Puts one mail into the user's mailbox, as a delivery agent does. Line ends become CRLF. */
  async deliver(user: string, raw: string | Buffer, mailbox = 'INBOX'): Promise<void> {
    const folder = await this.maildir(user, mailbox);
    const name = `${Math.floor(Date.now() / 1000)}.${process.hrtime.bigint()}.${randomUUID()}`;
    const bytes = typeof raw === 'string' ? Buffer.from(raw.replace(/\r?\n/g, '\r\n')) : raw;
    await writeFile(join(folder, 'tmp', name), bytes);
    await this.give(join(folder, 'tmp', name));
    await rename(join(folder, 'tmp', name), join(folder, 'new', name));
  }

  /** All mails of a mailbox. */
  async list(user: string, mailbox = 'INBOX'): Promise<StoredMail[]> {
    const folder = await this.maildir(user, mailbox);
    const mails: StoredMail[] = [];
    for (const part of ['new', 'cur']) {
      for (const name of (await readdir(join(folder, part))).sort()) {
        const raw = await readFile(join(folder, part, name), 'utf8').catch(() => null);
        if (raw !== null) mails.push({ raw, flags: /:2,([A-Z]*)/i.exec(name)?.[1] ?? '' });
      }
    }
    return mails;
  }

  /** Gives the mailbox a new UIDVALIDITY, as after a restore: every UID known before is void. */
  async resetUidValidity(user: string, mailbox = 'INBOX'): Promise<void> {
    const folder = await this.maildir(user, mailbox);
    for (const name of await readdir(folder)) {
      if (name.startsWith('dovecot')) await rm(join(folder, name), { force: true });
    }
  }

  /** Makes an account, or gives it another password; holds for the next sign-in. */
  async setPassword(user: string, password: string): Promise<void> {
    this.passwords.set(user, password);
    await this.writeUsers();
  }

  /** Removes all mails, as another mail program does. */
  async empty(user: string, mailbox = 'INBOX'): Promise<void> {
    const folder = await this.maildir(user, mailbox);
    for (const part of ['new', 'cur']) {
      for (const name of await readdir(join(folder, part)))
        await rm(join(folder, part, name), { force: true });
    }
  }

  /** Makes the mails that are there now look as if they had come at that time (INTERNALDATE). */
  async backdate(user: string, received: Date, mailbox = 'INBOX'): Promise<void> {
    const folder = await this.maildir(user, mailbox);
    for (const part of ['new', 'cur']) {
      for (const name of await readdir(join(folder, part)))
        await utimes(join(folder, part, name), received, received);
    }
  }

  /** Cuts every connection and refuses new ones until `resume`. */
  async halt(): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    // The whole group: processes that serve a connection outlive their master.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await exited;
  }

  async resume(): Promise<void> {
    const child = spawn('dovecot', ['-F', '-c', join(this.root, 'dovecot.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      cwd: this.root,
      detached: true,
      ...(this.owner ?? {}),
    });
    this.process = child;
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('error', (error) => (complaint += error.message));
    for (let tries = 0; tries < 200; tries += 1) {
      if (await accepts(this.port)) return;
      if (child.exitCode !== null || child.pid === undefined) break;
      await sleep(25);
    }
    const log = await readFile(join(this.root, 'dovecot.log'), 'utf8').catch(() => '');
    throw new Error(`Dovecot does not start (Debian package dovecot-imapd): ${complaint}${log.slice(-1000)}`);
  }

  async stop(): Promise<void> {
    await this.halt();
    await rm(this.root, { recursive: true, force: true });
  }

  private async install(options: DovecotOptions): Promise<void> {
    const at = (name: string): string => join(this.root, name);
    const { key, cert } = await selfSigned();
    await writeFile(at('key.pem'), key);
    await writeFile(at('cert.pem'), cert);
    for (const { name, password } of options.users) this.passwords.set(name, password);
    await this.writeUsers();
    await writeFile(at('dovecot.conf'), await this.config(options));
    for (const name of ['key.pem', 'cert.pem', 'users', 'dovecot.conf', '.']) await this.give(at(name));
    for (const folder of ['run', 'state', 'mail']) {
      await mkdir(at(folder));
      await this.give(at(folder));
    }
  }

  private async writeUsers(): Promise<void> {
    const users = [...this.passwords].map(([name, password]) => `${name}:{PLAIN}${password}::::::`);
    await writeFile(join(this.root, 'users'), users.join('\n') + '\n');
  }

  private async config(options: DovecotOptions): Promise<string> {
    const { uid, gid } = this.owner ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
    const user = await nameOf('/etc/passwd', uid);
    const group = await nameOf('/etc/group', gid);
    return `
base_dir = ${this.root}/run
state_dir = ${this.root}/state
log_path = ${this.root}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 1
first_valid_gid = 1
disable_plaintext_auth = no
auth_failure_delay = 0
ssl = yes
ssl_cert = <${this.root}/cert.pem
ssl_key = <${this.root}/key.pem
mail_location = maildir:${this.root}/mail/%u
mail_max_userip_connections = 30
mailbox_idle_check_interval = 1 secs
namespace inbox {
  inbox = yes
}
passdb {
  driver = passwd-file
  args = ${this.root}/users
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${this.root}/mail/%u
}
service imap-login {
  chroot =
  process_min_avail = 1
  inet_listener imap {
    port = ${this.port}
  }
  inet_listener imaps {
    port = ${this.tlsPort}
    ssl = yes
  }
}
service anvil {
  chroot =
  # no waiting after a wrong password
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
${options.extraConfig ?? ''}
`;
  }

  /** Maildir++: folders of a mailbox stand beside the inbox as `.Name`. */
  private async maildir(user: string, mailbox: string): Promise<string> {
    const inbox = join(this.root, 'mail', user);
    const folder = mailbox === 'INBOX' ? inbox : join(inbox, `.${mailbox}`);
    for (const path of new Set([inbox, folder, ...['cur', 'new', 'tmp'].map((part) => join(folder, part))])) {
      if (await mkdir(path, { recursive: true })) await this.give(path);
    }
    return folder;
  }

  private async give(path: string): Promise<void> {
    if (this.owner) await chown(path, this.owner.uid, this.owner.gid);
  }
}

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function nameOf(table: string, id: number): Promise<string> {
  const line = (await readFile(table, 'utf8'))
    .split('\n')
    .find((entry) => entry.split(':')[2] === String(id));
  if (!line) throw new Error(`no entry for ${id} in ${table}`);
  return line.slice(0, line.indexOf(':'));
}

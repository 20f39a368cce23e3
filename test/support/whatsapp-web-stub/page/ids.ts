/** Address of a person, a group or a list: `62812…@c.us`, `9990001@lid`, `1203…@g.us`. */
export class Wid {
  readonly _serialized: string;

  constructor(
    readonly user: string,
    readonly server: string,
  ) {
    this._serialized = `${user}@${server}`;
  }

  isLid(): boolean {
    return this.server === 'lid';
  }

  isGroup(): boolean {
    return this.server === 'g.us';
  }

  isUser(): boolean {
    return this.server === 'c.us' || this.server === 'lid';
  }

  isStatus(): boolean {
    return this._serialized === 'status@broadcast';
  }

  toJid(): string {
    return this._serialized;
  }

  toString(): string {
    return this._serialized;
  }
}

export function wid(address: string | Wid): Wid {
  if (address instanceof Wid) return address;
  const [user, server] = address.split('@');
  if (!user || !server) throw new Error('wid error: invalid wid');
  return new Wid(user, server === 's.whatsapp.net' ? 'c.us' : server);
}

export function randomHex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return [...random]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

interface KeyParts {
  id: string;
  fromMe?: boolean;
  selfDir?: 'in' | 'out';
  remote?: Wid;
  from?: Wid;
  to?: Wid;
  participant?: Wid | undefined;
}

/** Id of a message; `_serialized` tells its chat, too, and so differs when the chat is known by two addresses. */
export class MsgKey {
  readonly id: string;
  readonly fromMe: boolean;
  readonly remote: Wid | undefined;
  readonly participant?: Wid;
  readonly _serialized: string;

  constructor({ id, fromMe, selfDir, remote, from, to, participant }: KeyParts) {
    this.id = id;
    this.fromMe = fromMe ?? selfDir === 'out';
    this.remote = remote ?? (this.fromMe ? to : from);
    if (participant) this.participant = participant;
    const parts = [String(this.fromMe), String(this.remote), id, participant?._serialized];
    this._serialized = parts.filter((part) => part !== undefined).join('_');
  }

  static newId(): Promise<string> {
    return Promise.resolve(`3EB0${randomHex(9)}`);
  }
}

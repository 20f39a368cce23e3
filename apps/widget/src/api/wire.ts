/**
 * One connection to a socket.io namespace: engine.io protocol 4 and socket.io protocol 5, text packets only, over
 * WebSocket or, where that does not get through, over HTTP long polling. socket.io's own client weighs 13 kB compressed,
 * most of it for what is not needed here (binary packets, upgrades, multiplexing, WebTransport); this weighs 1.5.
 * Reconnecting is the business of link.ts.
 *
 * @see https://socket.io/docs/v4/engine-io-protocol/ https://socket.io/docs/v4/socket-io-protocol/
 */
export interface WireOptions {
  /** origin of the server */
  server: string;
  /** beginning with `/` */
  namespace: string;
  auth: object;
  connected(): void;
  heard(event: string, data: unknown): void;
  /** It is over, or never began; told once, and not after `close()`. `refusal`: what the server's gatekeeper said. */
  ended(refusal: string | null): void;
}

export interface Wire {
  /** Nothing is sent once the connection has ended. */
  send(event: string, data: unknown): void;
  /** @returns the acknowledgement; null when the connection ended, or `timeout` ms passed, without one */
  ask(event: string, data: unknown, timeout: number): Promise<unknown>;
  close(): void;
}

/** Carries packets of engine.io. */
interface Carrier {
  send(packet: string): void;
  close(): void;
}
type Carry = (address: string, got: (packet: string) => void, ended: () => void) => Carrier;

/** time for a transport to say its first word, before the next is tried */
const openWithinMs = 8000;

export function openWire(options: WireOptions): Wire {
  const { namespace, server } = options;
  const address = `${server}/socket.io/`;
  const waiting = new Map<number, (answer: unknown) => void>();
  let nextId = 0;
  let carrier: Carrier;
  let pulse: ReturnType<typeof setTimeout> | undefined;
  let live = false;
  let over = false;

  const finish = (refusal: string | null, tell = true): void => {
    if (over) return;
    over = true;
    live = false;
    clearTimeout(pulse);
    carrier.close();
    for (const answer of waiting.values()) answer(null);
    if (tell) options.ended(refusal);
  };
  const expect = (ms: number, otherwise: () => void): void => {
    clearTimeout(pulse);
    pulse = setTimeout(otherwise, ms);
  };

  const attempt = ([carry, ...rest]: Carry[]): void => {
    let opened = false;
    let given = false;
    let beatMs = 0;
    const lost = (): void => {
      if (over || given) return;
      given = true;
      if (opened || rest.length === 0) finish(null);
      else attempt(rest);
    };
    const got = (packet: string): void => {
      switch (packet[0]) {
        case '0': {
          const { pingInterval, pingTimeout } = JSON.parse(packet.slice(1)) as Record<string, number>;
          opened = true;
          beatMs = (pingInterval ?? 25_000) + (pingTimeout ?? 20_000);
          carrier.send(`40${namespace},${JSON.stringify(options.auth)}`);
          break;
        }
        case '2':
          carrier.send('3');
          break;
        case '4':
          took(packet.slice(1));
          break;
        case '1':
          finish(null);
          break;
        default: // nothing else is of interest to us
      }
      if (!over) expect(beatMs, () => finish(null));
    };
    const mine = carry!(address, got, lost);
    carrier = mine;
    expect(openWithinMs, () => {
      mine.close();
      lost();
    });
  };

  /** A packet of socket.io: type, namespace, id of an acknowledgement, content. */
  const took = (packet: string): void => {
    const [type, body] = [packet[0], packet.slice(1).replace(`${namespace},`, '')];
    const [, id, json] = /^(\d*)(.*)$/s.exec(body)!;
    const content = json ? (JSON.parse(json) as unknown) : null;
    if (type === '0') {
      live = true;
      options.connected();
    } else if (type === '1') finish(null);
    else if (type === '2') {
      const [event, data] = content as [string, unknown];
      options.heard(event, data);
    } else if (type === '3') waiting.get(Number(id))?.((content as unknown[])[0]);
    else if (type === '4') finish((content as { message?: string } | null)?.message ?? '');
  };
  const emit = (id: string, event: string, data: unknown): void =>
    carrier.send(`42${namespace},${id}${JSON.stringify([event, data])}`);

  attempt([overWebSocket, overHttp]);
  return {
    send(event, data) {
      if (live) emit('', event, data);
    },
    ask(event, data, timeout) {
      return new Promise((resolve) => {
        if (!live) {
          resolve(null);
          return;
        }
        const id = nextId++;
        const answer = (content: unknown): void => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(content);
        };
        const timer = setTimeout(() => answer(null), timeout);
        waiting.set(id, answer);
        emit(String(id), event, data);
      });
    },
    close: () => finish(null, false),
  };
}

const overWebSocket: Carry = (address, got, ended) => {
  try {
    const socket = new WebSocket(`${address.replace(/^http/, 'ws')}?EIO=4&transport=websocket`);
    socket.onmessage = (event) => got(String(event.data));
    // what the page's policy forbids ends with an error alone
    socket.onclose = socket.onerror = ended;
    return { send: (packet) => socket.send(packet), close: () => socket.close() };
  } catch {
    // some browsers throw where the page's policy forbids it
    setTimeout(ended);
    return { send: () => undefined, close: () => undefined };
  }
};

/** Packets of one answer or request are apart by this. */
const separator = '\x1e';

const overHttp: Carry = (address, got, ended) => {
  const end = new AbortController();
  let session = '';
  let queue: string[] = [];
  let posting = false;

  const call = async (body?: string): Promise<string> => {
    const response = await fetch(`${address}?EIO=4&transport=polling${session}`, {
      method: body === undefined ? 'GET' : 'POST',
      body,
      // a type that needs no preflight
      headers: body === undefined ? {} : { 'content-type': 'text/plain;charset=UTF-8' },
      credentials: 'omit',
      cache: 'no-store',
      signal: end.signal,
    });
    if (!response.ok) throw new Error(String(response.status));
    return response.text();
  };
  const fail = (): void => {
    if (end.signal.aborted) return;
    end.abort();
    ended();
  };
  const poll = async (): Promise<void> => {
    while (!end.signal.aborted) {
      for (const packet of (await call()).split(separator)) {
        // somebody else answers, such as a hotel's page for guests
        if (!session && !packet.startsWith('0')) throw new Error('no open packet');
        if (packet.startsWith('0')) session = `&sid=${(JSON.parse(packet.slice(1)) as { sid: string }).sid}`;
        got(packet);
      }
    }
  };
  /** One request at a time, or the server takes it for an attack. */
  const flush = async (): Promise<void> => {
    if (posting) return;
    posting = true;
    while (queue.length > 0) {
      const packets = queue;
      queue = [];
      await call(packets.join(separator));
    }
    posting = false;
  };
  poll().catch(fail);
  return {
    send(packet) {
      queue.push(packet);
      flush().catch(fail);
    },
    close() {
      if (end.signal.aborted) return;
      end.abort();
      if (!session) return;
      const init = { method: 'POST', body: '1', credentials: 'omit', keepalive: true } as const;
      fetch(`${address}?EIO=4&transport=polling${session}`, init).catch(() => undefined);
    },
  };
};

import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket as NetSocket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Server, type Socket } from 'socket.io';
import { io, type Socket as Client } from 'socket.io-client';
import type { LiveSocket } from './live-socket.js';
import { inOneWrite } from './one-write.js';

const numbers = Array.from({ length: 20 }, (_, n) => n);

describe('inOneWrite', () => {
  let http: HttpServer;
  let server: Server;
  let client: Client | undefined;

  beforeEach(async () => {
    http = createServer();
    server = new Server(http, { serveClient: false });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
  });
  afterEach(async () => {
    client?.disconnect();
    await server.close();
  });

  /** A connected pair, and what the client has heard. */
  const connect = async (transport: 'websocket' | 'polling') => {
    const { port } = http.address() as AddressInfo;
    client = io(`http://127.0.0.1:${String(port)}`, { transports: [transport], reconnection: false });
    const heard: unknown[] = [];
    const told: (() => void)[] = [];
    const all = (times = 1): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => (heard.length >= times * numbers.length ? resolve() : undefined);
        told.push(look);
        look();
      });
    client.on('event', (n: unknown) => {
      heard.push(n);
      for (const look of told) look();
    });
    const connected = new Promise((resolve) => client!.once('connect', () => resolve(null)));
    const [socket] = (await once(server, 'connection')) as [Socket];
    await connected;
    return { socket: socket as unknown as LiveSocket, heard, all };
  };
  const sendAll = (socket: LiveSocket): void => {
    for (const n of numbers) (socket as unknown as Socket).emit('event', n);
  };
  /** Counts what goes to the system. */
  const writesOf = (socket: LiveSocket): (() => number) => {
    const { _socket: wire } = (socket.conn.transport as unknown as { socket: { _socket: NetSocket } }).socket;
    let writes = 0;
    for (const name of ['_write', '_writev'] as const) {
      const write = (wire as unknown as Record<string, (...args: unknown[]) => void>)[name]!;
      Object.assign(wire, {
        [name]: (...args: unknown[]) => {
          writes += 1;
          write.apply(wire, args);
        },
      });
    }
    return () => writes;
  };

  it('sends everything in order by one write, where each would take its own', async () => {
    const { socket, heard, all } = await connect('websocket');
    const writes = writesOf(socket);
    inOneWrite([socket], () => sendAll(socket));
    await all();
    expect(heard).toEqual(numbers);
    expect(writes()).toBe(1);
    sendAll(socket);
    await all(2);
    expect(heard.slice(numbers.length)).toEqual(numbers);
    expect(writes()).toBe(1 + numbers.length);
  });

  it('gives a client that polls all of it in order', async () => {
    const { socket, heard, all } = await connect('polling');
    inOneWrite([socket], () => sendAll(socket));
    await all();
    expect(heard).toEqual(numbers);
  });

  it('sends what was said before something went wrong, and goes on', async () => {
    const { socket, heard, all } = await connect('websocket');
    const broken = (): void => {
      (socket as unknown as Socket).emit('event', 0);
      throw new Error('broken');
    };
    expect(() => inOneWrite([socket], broken)).toThrow('broken');
    for (const n of numbers.slice(1)) (socket as unknown as Socket).emit('event', n);
    await all();
    expect(heard).toEqual(numbers);
  });

  it('leaves nobody waiting whose connection ends meanwhile', async () => {
    const { socket } = await connect('websocket');
    const gone = once(socket as unknown as Socket, 'disconnect');
    inOneWrite([socket], () => {
      sendAll(socket);
      socket.disconnect(true);
    });
    await gone;
    expect(server.engine.clientsCount).toBe(0);
  });
});

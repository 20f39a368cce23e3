import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network cable between a client and a server, which can be pulled. */
export interface Cable {
  /** address on the client's end */
  url: string;
  /** Ends every connection at once; new ones are refused until it is plugged in again. */
  pull: () => void;
  plugIn: () => void;
  close: () => Promise<void>;
}

/** @param port of the server on this machine */
export async function layCable(port: number): Promise<Cable> {
  const open = new Set<Socket>();
  let pulled = false;
  const end = (socket: Socket): void => {
    open.delete(socket);
    socket.destroy();
  };
  const server = createServer((near) => {
    if (pulled) return near.resetAndDestroy();
    const far = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.setNoDelay();
      socket.on('error', () => undefined);
      socket.once('close', () => {
        end(socket);
        end(other);
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    pull: () => {
      pulled = true;
      for (const socket of open) socket.resetAndDestroy();
    },
    plugIn: () => {
      pulled = false;
    },
    close: async () => {
      for (const socket of open) end(socket);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

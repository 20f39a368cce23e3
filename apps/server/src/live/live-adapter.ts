import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { ServerOptions } from 'socket.io';
import type { Server } from 'socket.io';

/** socket.io with our limits: known origins only, small messages, no files, no compression. */
export class LiveAdapter extends IoAdapter {
  /** @param publicUrl where people reach the console, when that is not the address that they connect to */
  constructor(
    app: INestApplicationContext,
    private readonly publicUrl: string | undefined,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    const server = super.createIOServer(port, {
      ...options,
      serveClient: false,
      maxHttpBufferSize: 100_000,
      connectTimeout: 10_000,
      pingInterval: 20_000,
      pingTimeout: 15_000,
      allowRequest: (request: IncomingMessage, answer: (error: string | null, allowed: boolean) => void) => {
        answer(null, isKnownOrigin(request.headers, this.publicUrl));
      },
    } as ServerOptions);
    // The main namespace would take anybody. Nothing is there, and nobody has any business in it.
    server.of('/').use((_socket, next) => {
      next(new Error('closed'));
    });
    return server;
  }
}

/**
 * Browsers say from which page a socket is opened, and send our cookie whatever page that is (Zammad CVE-2026-102489). No
 * origin means no browser.
 */
export function isKnownOrigin(
  { origin, host }: { origin?: string | undefined; host?: string | undefined },
  publicUrl: string | undefined,
): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.host === host || (publicUrl !== undefined && from.origin === new URL(publicUrl).origin);
}

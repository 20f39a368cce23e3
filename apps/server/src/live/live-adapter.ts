import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { ServerOptions } from 'socket.io';
import type { Server } from 'socket.io';
import { visitorLimits } from '@loket/contracts/visitor-limits.js';

/** socket.io with our limits: known origins only, small messages, no files, no compression. */
export class LiveAdapter extends IoAdapter {
  /**
   * @param publicUrl where people reach the console, when that is not the address that they connect to
   * @param visitorSites origins whose pages may hold a chat; which of them may do what is for each namespace to say
   */
  constructor(
    app: INestApplicationContext,
    private readonly publicUrl: string | undefined,
    private readonly visitorSites: () => Promise<ReadonlySet<string>>,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    const server = super.createIOServer(port, {
      ...options,
      serveClient: false,
      maxHttpBufferSize: visitorLimits.packetBytes,
      cors: {
        // Pages of other sites hold a chat and poll; none of them may send our cookies.
        origin: (origin: string | undefined, done: (error: Error | null, allowed: boolean) => void) => {
          if (origin === undefined) done(null, false);
          else
            this.isVisitorSite(origin).then(
              (yes) => done(null, yes),
              () => done(null, false),
            );
        },
        credentials: false,
        maxAge: 600,
      },
      connectTimeout: 10_000,
      pingInterval: 20_000,
      pingTimeout: 15_000,
      allowRequest: (request: IncomingMessage, answer: (error: string | null, allowed: boolean) => void) => {
        const { origin } = request.headers;
        if (isKnownOrigin(request.headers, this.publicUrl)) answer(null, true);
        else
          this.isVisitorSite(origin ?? '').then(
            (yes) => answer(null, yes),
            () => answer(null, false),
          );
      },
    } as ServerOptions);
    // The main namespace would take anybody. Nothing is there, and nobody has any business in it.
    server.of('/').use((_socket, next) => {
      next(new Error('closed'));
    });
    return server;
  }

  private async isVisitorSite(origin: string): Promise<boolean> {
    return (await this.visitorSites()).has(origin.toLowerCase());
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

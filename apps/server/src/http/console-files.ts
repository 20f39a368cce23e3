import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import staticFiles from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NotFoundException } from '@nestjs/common';
import { AppError } from '@loket/contracts/errors.js';

const consoleDist = fileURLToPath(new URL('../../../console/dist', import.meta.url));

/** Lets handlers answer with `reply.sendFile`; serves nothing by itself. */
export async function registerFileSending(app: NestFastifyApplication): Promise<void> {
  // The build lays compressed copies beside its files.
  await app.register(staticFiles, { serve: false, root: consoleDist, preCompressed: true });
}

/**
 * The built console at every address that is not the API's: its files, and index.html for the rest, since the console
 * does its own routing. Files under assets/ have a hash in their name and never change.
 */
export function serveConsole(instance: FastifyInstance, root: string = consoleDist): void {
  const files = new Set(
    existsSync(root)
      ? readdirSync(root, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
      : [],
  );
  instance.get('/*', (request: FastifyRequest<{ Params: { '*': string } }>, reply: FastifyReply) => {
    const path = request.params['*'];
    if (/^(api|socket\.io)(\/|$)/.test(path)) throw new NotFoundException();
    if (files.has(path) && path !== 'index.html') {
      const lasting = path.startsWith('assets/');
      return reply.sendFile(path, root, { maxAge: lasting ? '365d' : '1h', immutable: lasting });
    }
    // A file that is gone must not turn into a page: the browser would run HTML as a script.
    if (/\.\w{1,5}$/.test(path) || path.startsWith('assets/')) throw new NotFoundException();
    if (!files.has('index.html')) {
      throw new AppError('not_found', 'console_not_built', 'the console has not been built: npm run build');
    }
    return reply.header('cache-control', 'no-cache').sendFile('index.html', root, { cacheControl: false });
  });
}

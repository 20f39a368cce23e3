import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NotFoundException } from '@nestjs/common';

const script = fileURLToPath(new URL('../../../widget/dist', import.meta.url));
const demo = fileURLToPath(new URL('../../../widget/demo', import.meta.url));
const demoFiles = ['shop.css', 'shop.js'];

export const widgetPaths = ['/widget.js', '/demo/shop', '/demo/shop/:file'];

/** The chat's script for other people's pages, and a page of our own to try it on. */
export function serveWidget(instance: FastifyInstance): void {
  instance.get('/widget.js', (_request, reply: FastifyReply) =>
    reply
      .header('cross-origin-resource-policy', 'cross-origin')
      // So that pages may pin it by its hash (SRI), which needs CORS.
      .header('access-control-allow-origin', '*')
      .header('cache-control', 'public, max-age=300')
      .sendFile('widget.js', script, { cacheControl: false }),
  );
  instance.get('/demo/shop', (_request, reply: FastifyReply) =>
    reply.header('cache-control', 'no-cache').sendFile('index.html', demo, { cacheControl: false }),
  );
  instance.get(
    '/demo/shop/:file',
    ({ params }: FastifyRequest<{ Params: { file: string } }>, reply: FastifyReply) => {
      if (!demoFiles.includes(params.file)) throw new NotFoundException();
      return reply.header('cache-control', 'no-cache').sendFile(params.file, demo, { cacheControl: false });
    },
  );
}

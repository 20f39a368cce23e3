import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { NotFoundException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RouteRegistry } from '../http/route-registry.js';
import { openApiDocument } from './document.js';

/** Swagger UI out of npm: nothing is fetched from elsewhere, and no script stands in the page. */
const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const assetNames = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Loket API</title>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
    <link rel="icon" href="/api/docs/favicon-32x32.png" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;
const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });\n`;

/** Paths of the routes that `serveDocs` adds. */
export const docsPaths = ['/api/openapi.json', '/api/docs', '/api/docs/:file'];

export function serveDocs(instance: FastifyInstance, routes: RouteRegistry): void {
  let document: string | undefined;
  instance.get('/api/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(routes.routes));
    return reply.type('application/json').header('cache-control', 'no-cache').send(document);
  });
  instance.get('/api/docs', (_request, reply) => reply.type('text/html').send(page));
  instance.get('/api/docs/:file', (request: FastifyRequest<{ Params: { file: string } }>, reply) => {
    const { file } = request.params;
    if (file === 'start.js') return reply.type('text/javascript').send(start);
    if (!assetNames.includes(file)) throw new NotFoundException();
    return reply.sendFile(file, assets, { maxAge: '1d' });
  });
}

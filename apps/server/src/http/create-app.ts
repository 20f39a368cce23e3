import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { type DynamicModule, HttpException, RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { VisitorChannels } from '@loket/core/visitors/visitor-channels.js';
import type { ResolvedEnv } from '@loket/platform/env.js';
import { type Logger, NestLogger } from '@loket/platform/logging/logger.js';
import { AccessGate } from '../access/access-gate.js';
import { AppModule } from '../app.module.js';
import { embeddedChannels } from '../embedded-channels.js';
import { acceptUploads } from '../attachments/uploaded-file.js';
import { acceptRawBodies } from '../inbound/raw-bodies.js';
import { Closing } from './closing.js';
import { registerFileSending, serveConsole } from './console-files.js';
import { correlate } from './correlation.js';
import { acceptJsonOnly } from './json-body.js';
import { compressLargeAnswers } from './large-answers.js';
import { LiveAdapter } from '../live/live-adapter.js';
import { docsPaths, serveDocs } from '../openapi/docs-page.js';
import { problemOf } from './problem.filter.js';
import { RouteRegistry } from './route-registry.js';
import { apiPrefix, controllerRoutes, outsideApi, type Route } from './route-table.js';
import { registerSecurityHeaders } from './security-headers.js';
import { VisitorDoor } from '../visitors/visitor-door.js';
import { serveWidget, widgetPaths } from '../visitors/widget-files.js';
import { acceptSignedCalls } from '../webhooks/signed-calls.js';

/** Bytes of a JSON body, unless the route says otherwise. */
const maxJsonBytes = 1_000_000;

/**
 * The whole HTTP application, ready to listen: the same for the process and for tests. The database is migrated by now.
 *
 * @param channels the adapter host; null when it lives elsewhere, or when a test stands in for it
 * @throws Error when a route declares no permission, or Fastify has a route that is in no table
 */
export async function createApp(
  env: ResolvedEnv,
  logger: Logger,
  channels: DynamicModule | null = embeddedChannels(env),
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: maxJsonBytes,
    // One proxy: what stands further left in X-Forwarded-For is the client's own word, and sign-in limits go by address.
    trustProxy: env.LOKET_TRUST_PROXY && ((_address: string, hop: number) => hop === 0),
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // Addresses that cannot be decoded never reach a route, nor Nest's filter.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const problem = problemOf(new HttpException(error.message, error.statusCode ?? 400), request);
      void reply.header('x-request-id', request.id);
      void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
    },
    routerOptions: { maxParamLength: 2_500, ignoreTrailingSlash: true },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(env, logger, channels),
    adapter,
    {
      logger: new NestLogger(logger),
      bodyParser: false,
      abortOnError: false,
    },
  );
  app.setGlobalPrefix(apiPrefix, { exclude: outsideApi });
  const https = env.LOKET_PUBLIC_URL?.startsWith('https:') ?? false;
  app.enableCsrfProtection({
    trustedOrigins: env.LOKET_PUBLIC_URL === undefined ? [] : [new URL(env.LOKET_PUBLIC_URL).origin],
    // Whoever calls signs what he says, so it does not matter where he claims to come from.
    // Visitors come from the pages of other sites, with a token and without a cookie; their door asks where from.
    exclude: [
      { path: 'channels/:id/webhook', method: RequestMethod.POST },
      { path: 'visitors/:id/token', method: RequestMethod.POST },
      { path: 'visitors/:id/files', method: RequestMethod.POST },
    ],
  });

  const instance: FastifyInstance = adapter.getInstance();
  const registered: { method: string; url: string }[] = [];
  instance.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') registered.push({ method: one, url });
  });
  correlate(instance);
  compressLargeAnswers(instance);
  app.get(Closing).install(instance);
  await registerSecurityHeaders(app, https);
  if (env.ROLE !== 'worker') app.get(VisitorDoor, { strict: false }).install(instance);
  app.get(AccessGate).install(instance);
  acceptJsonOnly(instance);
  acceptRawBodies(instance);
  acceptSignedCalls(instance);
  await acceptUploads(app);
  const visitorChannels = app.get(VisitorChannels, { strict: false });
  app.useWebSocketAdapter(new LiveAdapter(app, env.LOKET_PUBLIC_URL, () => visitorChannels.allOrigins()));
  await registerFileSending(app);
  const table = app.get(RouteRegistry);
  const open = env.ROLE === 'worker' ? [] : serveOpenFiles(instance, table);
  await app.init();

  table.load([...controllerRoutes(app), ...open]);
  refuseUnknownRoutes(registered, table);
  return app;
}

/** Adds the routes that are no controller's; all public. */
function serveOpenFiles(instance: FastifyInstance, table: RouteRegistry): Route[] {
  serveDocs(instance, table);
  serveWidget(instance);
  serveConsole(instance);
  return [...docsPaths, ...widgetPaths, '/*'].map((path) => ({
    method: 'GET',
    path,
    requirement: 'public' as const,
    operation: undefined,
    controller: null,
    handler: null,
  }));
}

function refuseUnknownRoutes(
  registered: readonly { method: string; url: string }[],
  table: RouteRegistry,
): void {
  const unknown = registered.filter(({ method, url }) => table.requirement(method, url) === undefined);
  if (unknown.length === 0) return;
  const names = unknown.map(({ method, url }) => `${method} ${url}`).join(', ');
  throw new Error(`routes without a declared permission: ${names}`);
}

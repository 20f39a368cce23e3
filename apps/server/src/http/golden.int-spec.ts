import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { openApiDocument } from '../openapi/document.js';
import { RouteRegistry } from './route-registry.js';
import { controllerRoutes, describeRoutes, type Route } from './route-table.js';

/** Writes the files anew; the diff is for the reviewer. */
const howTo =
  'UPDATE_GOLDEN=1 NODE_OPTIONS=--experimental-vm-modules npx jest apps/server/src/http/golden.int-spec.ts';
const update = process.env.UPDATE_GOLDEN === '1';

function expectGolden(name: string, text: string): void {
  const file = fileURLToPath(new URL(`../../${name}`, import.meta.url));
  if (update) writeFileSync(file, text);
  const agreed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (text !== agreed) process.stderr.write(`${name} is out of step; if that is meant: ${howTo}\n`);
  expect(text.split('\n')).toEqual(agreed.split('\n'));
}

let server: TestApp;
let routes: readonly Route[];
beforeAll(async () => {
  server = await startApp();
  routes = server.app.get(RouteRegistry).routes;
});
afterAll(() => server.close());

describe('route table', () => {
  it('is what was agreed on', () => {
    expectGolden('routes.golden.txt', describeRoutes(routes));
  });

  it('refuses a route that declares nothing', async () => {
    @Controller('forgotten')
    class Forgotten {
      @Get() show(): string {
        return 'secret';
      }
    }
    @Module({ imports: [DiscoveryModule], controllers: [Forgotten] })
    class Careless {}
    const app = await NestFactory.create(Careless, new FastifyAdapter(), { logger: false });
    await app.init();
    expect(() => controllerRoutes(app)).toThrow('GET /api/v1/forgotten declares no @Access()');
    await app.close();
  });
});

describe('OpenAPI document', () => {
  it('is what was agreed on', () => {
    expectGolden('openapi.golden.json', `${JSON.stringify(openApiDocument(routes), null, 2)}\n`);
  });

  it('has no reference that leads nowhere', () => {
    const document = openApiDocument(routes) as { components: Record<string, Record<string, unknown>> };
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/(\w+)"/g)];
    expect(references.length).toBeGreaterThan(50);
    for (const [, kind = '', name = ''] of references) expect(document.components[kind]).toHaveProperty(name);
  });

  it('is served, with a page to read it', async () => {
    const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as { openapi: string };
    expect(document.openapi).toBe('3.1.0');
    const page = await fetch(`${server.url}/api/docs`);
    const scripts = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, path]) => path ?? '',
    );
    expect(scripts.length).toBeGreaterThan(2);
    for (const path of scripts) {
      const file = await fetch(`${server.url}${path}`);
      expect(file.status).toBe(200);
      expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(50);
    }
  });
});

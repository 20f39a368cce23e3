import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { INestApplication, Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS, type AccessDeclaration } from '../access/access.decorator.js';
import type { Role, Scope } from '@loket/contracts/access.js';
import { OPERATION, type OperationOptions } from './operation.decorator.js';

/** Where the API lives. Controllers name their paths below it. */
export const apiPrefix = 'api/v1';

/** Controllers that stand beside the API rather than in it. */
export const outsideApi = ['healthz', 'readyz'];

/** Who may call a route; `scope` null = no API token may. */
export type Requirement = 'public' | { role: Role; scope: Scope | null };

export interface Route {
  /** upper case */
  method: string;
  /** as Fastify knows it: `/api/v1/cases/:id` */
  path: string;
  requirement: Requirement;
  operation: OperationOptions | undefined;
  /** null for routes that are not a controller's */
  controller: Type | null;
  handler: string | null;
}

/**
 * Every route of the application with its permission.
 * @throws Error when a route declares none: what nobody thought about must not be open
 */
export function controllerRoutes(app: INestApplication): Route[] {
  const controllers = app.get(DiscoveryService, { strict: false }).getControllers();
  const scanner = app.get(MetadataScanner, { strict: false });
  const routes: Route[] = [];
  for (const { metatype, instance } of controllers) {
    const controller = metatype as Type;
    const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
    for (const handler of scanner.getAllMethodNames(prototype)) {
      const target = prototype[handler] as object;
      const method = Reflect.getMetadata(METHOD_METADATA, target) as RequestMethod | undefined;
      if (method === undefined) continue;
      for (const path of pathsOf(controller, target)) {
        routes.push({
          method: RequestMethod[method],
          path,
          requirement: requirementOf(controller, target, RequestMethod[method], path),
          operation: Reflect.getMetadata(OPERATION, target) as OperationOptions | undefined,
          controller,
          handler,
        });
      }
    }
  }
  return routes;
}

function pathsOf(controller: object, target: object): string[] {
  const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]) as string[];
  const bases = list(Reflect.getMetadata(PATH_METADATA, controller));
  const tails = list(Reflect.getMetadata(PATH_METADATA, target));
  return bases.flatMap((base) =>
    tails.map((tail) => {
      const inner = `${base}/${tail}`.split('/').filter(Boolean).join('/');
      return outsideApi.includes(inner) ? `/${inner}` : `/${apiPrefix}/${inner}`;
    }),
  );
}

function requirementOf(controller: object, target: object, method: string, path: string): Requirement {
  const declared = (Reflect.getMetadata(ACCESS, target) ?? Reflect.getMetadata(ACCESS, controller)) as
    AccessDeclaration | undefined;
  if (declared === undefined) throw new Error(`${method} ${path} declares no @Access() and is not @Public()`);
  if (declared === 'public') return 'public';
  const role = declared.role ?? 'agent';
  const natural: Scope = role === 'admin' ? 'admin' : method === 'GET' ? 'read' : 'write';
  return { role, scope: declared.scope === undefined ? natural : declared.scope };
}

/** One line per route, sorted: the committed list that makes a change of permissions visible in review. */
export function describeRoutes(routes: readonly Route[]): string {
  const keyed = routes.map(({ method, path, requirement }) => {
    const who =
      requirement === 'public'
        ? 'public'
        : `${requirement.role.padEnd(10)} ${requirement.scope === null ? 'session only' : `token:${requirement.scope}`}`;
    return { key: `${path} ${method}`, line: `${method.padEnd(6)} ${path.padEnd(48)} ${who}` };
  });
  const sorted = keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return `${sorted.map(({ line }) => line).join('\n')}\n`;
}

import { RequestMethod } from '@nestjs/common';
import { HTTP_CODE_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/internal.js';
import type { z } from 'zod';
import { problemSchema } from '@loket/contracts/errors.js';
import type { OperationOptions } from '../http/operation.decorator.js';
import type { Route } from '../http/route-table.js';
import { NOT_REPEATABLE } from '../idempotency/not-repeatable.decorator.js';
import { type JsonSchema, SchemaCollection } from './schemas.js';

interface Parameter {
  type: RouteParamtypes;
  name: string | undefined;
  schema: z.ZodType | undefined;
}
type Json = Record<string, unknown>;

const problem = { $ref: '#/components/responses/Problem' };

/**
 * The OpenAPI 3.1 document, made of what the routes declare anyway: permissions, the schemas that their parameters are
 * checked with, and `@Operation`.
 * @throws Error when a route of a controller is not described
 */
export function openApiDocument(routes: readonly Route[]): Json {
  const schemas = new SchemaCollection();
  schemas.add(problemSchema, 'output');
  const paths: Record<string, Record<string, Json>> = {};
  const described = routes.filter(({ controller }) => controller !== null);
  for (const route of [...described].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(route, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Loket',
      version: '1',
      description:
        'Errors are RFC 9457 problem documents; branch on `code`, it is stable. Lists answer `{items, nextCursor}`. ' +
        'POST, PUT and PATCH take an `Idempotency-Key`: repeating a request under its key repeats the answer only.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas.components).sort(([a], [b]) => (a < b ? -1 : 1))),
      responses: {
        Problem: {
          description: 'What went wrong',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'loket_session',
          description: 'POST /api/v1/session sets it',
        },
        token: { type: 'http', scheme: 'bearer', description: 'an API token, `lkt_…`' },
      },
    },
  };
}

function operation(route: Route, schemas: SchemaCollection): Json {
  const { method, path, requirement, operation: described, controller, handler } = route;
  if (!described || !controller || handler === null) throw new Error(`${method} ${path} has no @Operation()`);
  const parameters = parametersOf(controller, handler);
  const body = requestBody(parameters, described, schemas);
  const isPublic = requirement === 'public';
  const target = (controller.prototype as Record<string, object>)[handler] as object;
  const repeatable =
    ['POST', 'PUT', 'PATCH'].includes(method) && !isPublic && !Reflect.hasMetadata(NOT_REPEATABLE, target);
  return {
    operationId: operationId(controller.name, handler),
    tags: [path.split('/').find((part) => part !== '' && part !== 'api' && part !== 'v1') ?? ''],
    summary: described.summary,
    description: [described.description, permission(route)].filter(Boolean).join('\n\n'),
    ...(isPublic ? { security: [] } : requirement.scope === null ? { security: [{ session: [] }] } : {}),
    parameters: [
      ...parameters
        .filter(({ type }) => type === RouteParamtypes.PARAM)
        .map((one) => pathParameter(one, schemas)),
      ...queryParameters(parameters, described.query, schemas),
      ...(repeatable ? [idempotencyKey] : []),
    ],
    ...(body ? { requestBody: body } : {}),
    responses: {
      [successStatus(target, method)]: success(described.answer, schemas),
      ...(parameters.length > 0 || body ? { 400: problem } : {}),
      ...(isPublic ? {} : { 401: problem, 403: problem }),
      ...(path.includes(':') ? { 404: problem } : {}),
      ...(method === 'GET' ? {} : { 409: problem }),
      default: problem,
    },
  };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function parametersOf(controller: object, handler: string): Parameter[] {
  const metadata = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<
    string,
    { data?: unknown; schema?: z.ZodType }
  >;
  return Object.entries(metadata).map(([key, { data, schema }]) => ({
    type: Number(key.split(':', 1)[0]),
    name: typeof data === 'string' ? data : undefined,
    schema,
  }));
}

function pathParameter({ name, schema }: Parameter, schemas: SchemaCollection): Json {
  return {
    name,
    in: 'path',
    required: true,
    schema: schema ? schemas.add(schema, 'input') : { type: 'string' },
  };
}

/** An object schema stands for one parameter per property. */
function queryParameters(
  parameters: readonly Parameter[],
  extra: z.ZodType | undefined,
  schemas: SchemaCollection,
): Json[] {
  const queries = parameters.filter(({ type }) => type === RouteParamtypes.QUERY).map(({ schema }) => schema);
  return [...queries, extra]
    .filter((schema) => schema !== undefined)
    .flatMap((schema) => {
      const { properties = {}, required = [] } = schemas.add(schema, 'input') as {
        properties?: Record<string, JsonSchema>;
        required?: string[];
      };
      return Object.entries(properties).map(([name, property]) => ({
        name,
        in: 'query',
        required: required.includes(name),
        schema: property,
      }));
    });
}

function requestBody(
  parameters: readonly Parameter[],
  { accepts, body }: OperationOptions,
  schemas: SchemaCollection,
): Json | null {
  const schema = body ?? parameters.find(({ type }) => type === RouteParamtypes.BODY)?.schema;
  const content: Json = {
    ...(schema ? { 'application/json': { schema: schemas.add(schema, 'input') } } : {}),
    ...(accepts === undefined ? {} : { [accepts]: { schema: { type: 'string', format: 'binary' } } }),
  };
  return Object.keys(content).length === 0 ? null : { required: true, content };
}

function success(answer: z.ZodType | string | null, schemas: SchemaCollection): Json {
  if (answer === null) return { description: 'Done' };
  const content =
    typeof answer === 'string'
      ? { [answer]: { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: schemas.add(answer, 'output') } };
  return { description: 'OK', content };
}

function successStatus(target: object, method: string): number {
  const declared = Reflect.getMetadata(HTTP_CODE_METADATA, target) as number | undefined;
  return declared ?? (method === RequestMethod[RequestMethod.POST] ? 201 : 200);
}

function permission({ requirement }: Route): string {
  if (requirement === 'public') return 'Open to anyone.';
  const tokens =
    requirement.scope === null ? 'Not for API tokens' : `API tokens need the scope \`${requirement.scope}\``;
  return `Role: ${requirement.role}. ${tokens}.`;
}

function operationId(controller: string, handler: string): string {
  const noun = controller.replace(/Controller$/, '');
  return `${noun.charAt(0).toLowerCase()}${noun.slice(1)}${handler.charAt(0).toUpperCase()}${handler.slice(1)}`;
}

import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** Turns zod schemas into JSON Schemas (OpenAPI 3.1 takes them as they are) and collects the named ones. */
export class SchemaCollection {
  readonly components: Record<string, JsonSchema> = {};

  /** @param io `input` is what a client may send, defaults left out; `output` what it gets */
  add(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const {
      $schema: _,
      $defs = {},
      ...root
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        tidy(jsonSchema);
      },
    }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
    const names = this.nameAll($defs, io);
    for (const [id, definition] of Object.entries($defs)) {
      const name = names.get(id);
      if (name !== undefined) this.components[name] = relink(definition, names) as JsonSchema;
    }
    return relink(root, names) as JsonSchema;
  }

  /** What a client sends may be looser than what it gets: then the two need two names. */
  private nameAll(definitions: Record<string, JsonSchema>, io: 'input' | 'output'): Map<string, string> {
    const plain = new Map(Object.keys(definitions).map((id) => [id, id]));
    const names = new Map<string, string>();
    for (const [id, definition] of Object.entries(definitions)) {
      const known = this.components[id];
      const same = known === undefined || isDeepStrictEqual(known, relink(definition, plain));
      names.set(id, same ? id : `${id}${io === 'input' ? 'Input' : 'Output'}`);
    }
    return names;
  }
}

/** Patterns that only spell out a format, and the limits of the language's numbers, tell a reader nothing. */
function tidy(schema: JsonSchema): void {
  if (schema['format'] !== undefined) delete schema['pattern'];
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  delete schema['id'];
}

function relink(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => relink(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const id =
        key === '$ref' && typeof inner === 'string' ? /^#\/\$defs\/(.+)$/.exec(inner)?.[1] : undefined;
      return [key, id === undefined ? relink(inner, names) : `#/components/schemas/${names.get(id) ?? id}`];
    }),
  );
}

import type { FastifyInstance } from 'fastify';
import { AppError } from '@loket/contracts/errors.js';

/** Nobody writes deeper by hand, and what recurses over a body must not run out of stack. */
const maxDepth = 64;

/** Makes Fastify read JSON, and JSON only: a form that another site makes a browser send is refused by its type. */
export function acceptJsonOnly(instance: FastifyInstance): void {
  const parse = instance.getDefaultJsonParser('error', 'error');
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (deeperThan(text, maxDepth)) {
      done(
        new AppError(
          'invalid',
          'malformed_json',
          `the JSON is nested deeper than ${String(maxDepth)} levels`,
        ),
      );
      return;
    }
    void parse(request, text, (error, value: unknown) => {
      if (error)
        done(new AppError('invalid', 'malformed_json', 'the body is not usable JSON', { cause: error }));
      else if (mayHoldBadText(text) && holdsBadText(value)) done(badText());
      else done(null, value);
    });
  });
}

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
export function badText(): AppError {
  return new AppError('invalid', 'invalid_text', 'a text holds a NUL or half a character');
}

/** Are brackets, outside of strings, nested deeper than this? */
function deeperThan(json: string, max: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const c = json.charCodeAt(i);
    if (inString) {
      if (c === 92) i++;
      else if (c === 34) inString = false;
    } else if (c === 34) inString = true;
    else if (c === 91 || c === 123) {
      if (++depth > max) return true;
    } else if (c === 93 || c === 125) depth--;
  }
  return false;
}

/** Quick look; an escaped backslash before the `u` makes it cry wolf, which the slow look then settles. */
function mayHoldBadText(json: string): boolean {
  return /\\u(?:0000|d[89a-f])/i.test(json);
}

function holdsBadText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => holdsBadText(key) || holdsBadText(inner));
}

import { StandardSchemaValidationPipe } from '@nestjs/common';
import { AppError } from '@loket/contracts/errors.js';

/** A body of a thousand wrong items needs no thousand lines to say so. */
const maxIssues = 20;

/** Checks bodies, queries and path parameters against the schema beside them: `@Body({ schema })`. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: validationFailed });
}

/** What a path in an issue may consist of (Standard Schema). */
type PathPart = PropertyKey | { readonly key: PropertyKey };

/** `invalid` `validation_failed`, with where and why. */
export function validationFailed(
  issues: readonly { message: string; path?: readonly PathPart[] | undefined }[],
): AppError {
  return new AppError('invalid', 'validation_failed', 'the request does not have the expected form', {
    data: {
      issues: issues.slice(0, maxIssues).map(({ path, message }) => ({
        path: (path ?? [])
          .map((p) => String(typeof p === 'object' ? p.key : p))
          .join('.')
          .slice(0, 300),
        message: message.slice(0, 500),
      })),
    },
  });
}

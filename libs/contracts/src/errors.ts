import { z } from 'zod';

/** What went wrong, as far as a caller can act on it. Mapped to HTTP in one filter. */
export const errorKinds = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unprocessable: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;
export type ErrorKind = keyof typeof errorKinds;

/** Error body on the wire, RFC 9457. `code` is stable: clients branch on it, people read `detail`. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    /** correlation id, also in the log */
    instance: z.string().optional(),
    /** which fields of the request are wrong, when `code` is `validation_failed` */
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** machine-readable context of the code, for example the current state on `version_conflict` */
    data: z.unknown().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

/**
 * An expected failure. Anything else that is thrown is a defect and becomes `internal_error`.
 *
 * @param kind decides the HTTP status and the log level
 * @param code stable snake_case identifier, unique to the situation
 * @param message one English sentence for people; never holds secrets or message bodies
 */
export class AppError extends Error {
  readonly data: unknown;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    options: { cause?: unknown; data?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.data = options.data;
  }
}

/** An AppError as it crosses the bus. */
export const wireErrorSchema = z.strictObject({
  kind: z.enum(Object.keys(errorKinds) as [ErrorKind, ...ErrorKind[]]),
  code: z.string(),
  message: z.string(),
  data: z.unknown().optional(),
});
export type WireError = z.infer<typeof wireErrorSchema>;

import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

export const OPERATION = 'loket:operation';

export interface OperationOptions {
  /** one line, without a full stop: `List cases` */
  summary: string;
  description?: string;
  /** what it answers: a schema for JSON, a media type for anything else, null for no body */
  answer: z.ZodType | string | null;
  /** media type of a request body that is no JSON */
  accepts?: string;
  /** JSON body, when the handler reads it some other way than `@Body({ schema })` */
  body?: z.ZodType;
  /** query parameters, when the handler takes them some other way than `@Query({ schema })` */
  query?: z.ZodObject;
}

/** Describes a route for the OpenAPI document. The body, path and query come from the schemas of its parameters. */
export const Operation = (options: OperationOptions) => SetMetadata(OPERATION, options);

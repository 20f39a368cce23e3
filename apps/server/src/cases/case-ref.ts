import { z } from 'zod';
import { idSchema } from '@loket/contracts/primitives.js';

/** How a path names a case: by id, or by the number that people use, with or without `#`. */
export const caseRefSchema = z.union([idSchema, z.string().regex(/^#?\d{1,15}$/)]);

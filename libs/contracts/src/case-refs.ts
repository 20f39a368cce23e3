import { z } from 'zod';

/** Ids or numbers (`1042`, `#1042`) of cases. */
export const caseRefText = z.string().regex(/^(#?\d{1,15}|[0-9a-f-]{36})$/i);

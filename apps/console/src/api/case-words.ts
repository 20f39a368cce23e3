import type { CaseStatus, Priority } from '@loket/contracts/cases.js';

/** In the order in which menus show them. The schemas of contracts are not loaded for this: they bring zod along. */
export const statuses = ['open', 'pending', 'resolved'] as const satisfies readonly CaseStatus[];
export const priorities = ['low', 'normal', 'high', 'urgent'] as const satisfies readonly Priority[];

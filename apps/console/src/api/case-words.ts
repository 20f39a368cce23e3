import type { CaseStatus, Priority } from '@loket/contracts/cases.js';
import type { Availability } from '@loket/contracts/teams.js';

/** In the order in which menus show them. The schemas of contracts are not loaded for this: they bring zod along. */
export const statuses = ['open', 'pending', 'resolved'] as const satisfies readonly CaseStatus[];
export const priorities = ['low', 'normal', 'high', 'urgent'] as const satisfies readonly Priority[];
export const availabilities = ['online', 'away', 'offline'] as const satisfies readonly Availability[];

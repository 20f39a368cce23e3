import type { ListCases } from '@loket/contracts/cases.js';

/** What a list of cases is asked for; also how live events know whether a case belongs to it. */
export type CaseListParams = Pick<ListCases, 'view' | 'status' | 'sort'> & { q?: string };

/** Cache keys that live events touch. `invalidateQueries` with the first word reaches the whole family. */
export const keys = {
  caseLists: ['case-list'] as const,
  caseList: (params: CaseListParams) => ['case-list', params] as const,
  caseCounts: ['case-counts'] as const,
  /** by number, because that is what addresses hold */
  case: (number: number) => ['case', number] as const,
  cases: ['case'] as const,
  timeline: (caseId: string) => ['timeline', caseId] as const,
  timelines: ['timeline'] as const,
  customer: (id: string) => ['customers', id] as const,
  customerCases: (id: string) => ['customer-cases', id] as const,
  /** colleagues, for assigning */
  agentRefs: ['agents', 'refs'] as const,
  agents: ['agents'] as const,
  channels: ['channels'] as const,
  quarantine: ['quarantine'] as const,
};

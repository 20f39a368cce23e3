import type { ListCases } from '@loket/contracts/cases.js';
import type { ListSuggestions } from '@loket/contracts/suggestions.js';

/** What a list of cases is asked for; also how live events know whether a case belongs to it. */
export type CaseListParams = Pick<ListCases, 'view' | 'status' | 'sort'> & CaseFilters;

/** By what a list can be narrowed beside its view and status. */
export type CaseFilterName =
  'assignee' | 'team' | 'channel' | 'kind' | 'priority' | 'tag' | 'waitingMinutes' | 'customer' | 'q';
export type CaseFilters = { [Name in CaseFilterName]?: NonNullable<ListCases[Name]> };

export type OperationsOf = { case: string } | { customer: string };
export type SuggestionParams = Partial<Pick<ListSuggestions, 'kind' | 'case' | 'customer'>>;

/** Cache keys that live events touch. `invalidateQueries` with the first word reaches the whole family. */
export const keys = {
  caseLists: ['case-list'] as const,
  caseList: (params: CaseListParams) => ['case-list', params] as const,
  caseCounts: ['case-counts'] as const,
  caseTotal: (params: CaseListParams) => ['case-total', params] as const,
  /** by number, because that is what addresses hold */
  case: (number: number) => ['case', number] as const,
  cases: ['case'] as const,
  timeline: (caseId: string) => ['timeline', caseId] as const,
  timelines: ['timeline'] as const,
  customer: (id: string) => ['customers', id] as const,
  customers: ['customers'] as const,
  /** browsers that the customer chats from; below the customer, so that what concerns him reaches them */
  visitors: (customerId: string) => ['customers', customerId, 'visitors'] as const,
  customerCases: (id: string) => ['customer-cases', id] as const,
  allCustomerCases: ['customer-cases'] as const,
  /** of one case, or of one customer */
  operations: (of: OperationsOf) => ['operations', of] as const,
  allOperations: ['operations'] as const,
  suggestions: (params: SuggestionParams) => ['suggestions', params] as const,
  allSuggestions: ['suggestions'] as const,
  suggestionCounts: ['suggestion-counts'] as const,
  incidentLists: ['incident-list'] as const,
  incidentList: (status: string) => ['incident-list', status] as const,
  incidents: ['incident'] as const,
  incident: (id: string) => ['incident', id] as const,
  incidentReach: (id: string) => ['incident-reach', id] as const,
  tags: ['tags'] as const,
  tagUsage: ['tags', 'usage'] as const,
  settings: (key: string) => ['settings', key] as const,
  /** colleagues, for assigning */
  agentRefs: ['agents', 'refs'] as const,
  agents: ['agents'] as const,
  invitations: ['agents', 'invitations'] as const,
  channels: ['channels'] as const,
  callLines: ['channels', 'call-lines'] as const,
  templates: (channelId: string) => ['templates', channelId] as const,
  quarantine: ['quarantine'] as const,
  teams: ['teams'] as const,
  /** who is at work; below the agents, so that what concerns them reaches it */
  agentWork: ['agents', 'work'] as const,
  board: ['board'] as const,
  cannedAnswers: ['canned-answers'] as const,
  savedViews: ['saved-views'] as const,
  notices: ['notices'] as const,
  noticePreferences: ['notice-preferences'] as const,
  push: ['push'] as const,
  drafts: (caseId: string) => ['drafts', caseId] as const,
  heldReplies: (caseId: string) => ['held-replies', caseId] as const,
  allHeldReplies: ['held-replies'] as const,
};

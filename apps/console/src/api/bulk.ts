import type { QueryClient } from '@tanstack/react-query';
import type { AgentRef } from '@loket/contracts/access.js';
import type { BulkFields, BulkResult, BulkUndo } from '@loket/contracts/bulk.js';
import type { CaseName, CaseSummary } from '@loket/contracts/cases.js';
import type { Page } from '@loket/contracts/primitives.js';
import type { TeamRef } from '@loket/contracts/teams.js';
import { api, ApiError } from './client.js';
import { keys, type CaseListParams } from './keys.js';
import { putCases, type CaseList } from './patch.js';

/** Cases in one request; more are several. */
export const chunkSize = 500;

/** A change as one sees it before it is confirmed: with the names of whom it concerns. */
export interface BulkWish extends Omit<BulkFields, 'agentId' | 'teamId'> {
  assignee?: AgentRef | null;
  team?: TeamRef | null;
}

export interface BulkOutcome {
  /** of each request that changed something, in their order */
  bulkIds: string[];
  changed: number;
  unchanged: number;
  refused: BulkResult['refused'];
  /** cases of requests that failed, or were not made any more */
  left: string[];
  error: ApiError | null;
}

function fieldsOf({ assignee, team, ...fields }: BulkWish): BulkFields {
  return {
    ...fields,
    ...(assignee !== undefined && { agentId: assignee?.id ?? null }),
    ...(team !== undefined && { teamId: team?.id ?? null }),
  };
}

/** The case as the wish would leave it. */
export function wished(summary: CaseSummary, wish: BulkWish): CaseSummary {
  const { addTags = [], removeTags = [], assignee, team, status, priority, snoozedUntil } = wish;
  const tags = [...new Set([...summary.tags, ...addTags])].filter((tag) => !removeTags.includes(tag));
  return {
    ...summary,
    tags,
    ...(status && { status }),
    ...(priority && { priority }),
    ...(snoozedUntil !== undefined && { snoozedUntil }),
    ...(team !== undefined && { team, ...(assignee === undefined && { assignee: null }) }),
    ...(assignee !== undefined && { assignee }),
  };
}

/** Those of the cases that are loaded in some list. */
function loadedCases(client: QueryClient, ids: ReadonlySet<string>): Map<string, CaseSummary> {
  const found = new Map<string, CaseSummary>();
  for (const [, list] of client.getQueriesData<CaseList>({ queryKey: keys.caseLists })) {
    for (const page of list?.pages ?? [])
      for (const item of page.items) if (ids.has(item.id)) found.set(item.id, item);
  }
  return found;
}

/** Shows cases again as they were, where nothing newer has come in. */
function putBack(
  client: QueryClient,
  before: ReadonlyMap<string, CaseSummary>,
  ids: readonly string[],
): void {
  const now = loadedCases(client, new Set(ids));
  putCases(
    client,
    ids.flatMap((id) => {
      const old = before.get(id);
      return old && now.get(id)?.version === old.version ? [old] : [];
    }),
  );
}

/**
 * Changes many cases: painted at once, 500 at a time on the server, and what it refuses is put back.
 *
 * @param onProgress how many are done with
 * @param signal stops before the next request
 */
export async function changeMany(
  client: QueryClient,
  ids: readonly string[],
  wish: BulkWish,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<BulkOutcome> {
  const before = loadedCases(client, new Set(ids));
  putCases(
    client,
    [...before.values()].map((summary) => wished(summary, wish)),
  );
  const outcome: BulkOutcome = {
    bulkIds: [],
    changed: 0,
    unchanged: 0,
    refused: [],
    left: [],
    error: null,
  };
  const change = fieldsOf(wish);
  let at = 0;
  for (; at < ids.length && !signal.aborted; at += chunkSize) {
    const caseIds = ids.slice(at, at + chunkSize);
    try {
      const result = await api<BulkResult>('/cases/bulk', { method: 'POST', body: { caseIds, change } });
      if (result.id) outcome.bulkIds.push(result.id);
      outcome.changed += result.changed.length;
      outcome.unchanged += result.unchanged.length;
      outcome.refused.push(...result.refused);
      putBack(
        client,
        before,
        result.refused.map(({ caseId }) => caseId),
      );
      onProgress(at + caseIds.length);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      outcome.error = error;
      break;
    }
  }
  outcome.left = ids.slice(at);
  putBack(client, before, outcome.left);
  return outcome;
}

/** Takes it all back, the last first. @returns how many are as before, and how many somebody changed since */
export async function undoMany(bulkIds: readonly string[]): Promise<{ changed: number; kept: number }> {
  const sum = { changed: 0, kept: 0 };
  for (const id of bulkIds.toReversed()) {
    const { changed, kept } = await api<BulkUndo>(`/bulk/${id}/undo`, { method: 'POST' });
    sum.changed += changed.length;
    sum.kept += kept.length;
  }
  return sum;
}

/** The cases of a whole list, by name. */
export async function namesOf(params: CaseListParams, signal: AbortSignal): Promise<CaseName[]> {
  const names: CaseName[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<CaseName> = await api<Page<CaseName>>('/cases/ids', {
      query: { ...params, cursor },
      signal,
    });
    names.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return names;
}

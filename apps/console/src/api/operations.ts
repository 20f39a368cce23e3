import { useInfiniteQuery, useQuery, type QueryClient } from '@tanstack/react-query';
import type {
  CaseOperation,
  CustomerOperation,
  MergePreview,
  MergeCustomersPreview,
  Operation,
  UndoneOperation,
  UndoPreview,
} from '@loket/contracts/operations.js';
import type { Page } from '@loket/contracts/primitives.js';
import { api } from './client.js';
import { keys, type OperationsOf } from './keys.js';
import { putCase } from './patch.js';

/** What was done to one case or customer, newest first. */
export function useOperations(of: OperationsOf, enabled = true) {
  return useInfiniteQuery({
    queryKey: keys.operations(of),
    queryFn: ({ pageParam, signal }) =>
      api<Page<Operation>>('/operations', { query: { ...of, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled,
  });
}

/** @param from id or number of the case that would go away; @param into of the one that would remain */
export function useMergePreview(from: string | undefined, into: string | undefined) {
  return useQuery({
    queryKey: ['merge-preview', from, into],
    queryFn: ({ signal }) => api<MergePreview>(`/cases/${from}/merge-preview`, { query: { into }, signal }),
    enabled: from !== undefined && into !== undefined,
    staleTime: 0,
    gcTime: 30_000,
    placeholderData: (previous) => (previous && sameTwo(previous, from, into) ? previous : undefined),
  });
}

/** The same two the other way round: what is shown stays until the answer is there. */
function sameTwo(preview: MergePreview, from: string | undefined, into: string | undefined): boolean {
  return preview.from.id === into && preview.into.id === from;
}

export function useMergeCustomersPreview(from: string | undefined, into: string | undefined) {
  return useQuery({
    queryKey: ['merge-customers-preview', from, into],
    queryFn: ({ signal }) =>
      api<MergeCustomersPreview>(`/customers/${from}/merge-preview`, { query: { into }, signal }),
    enabled: from !== undefined && into !== undefined,
    staleTime: 0,
    gcTime: 30_000,
  });
}

export function mergeCases(
  from: { id: string; version: number },
  into: string,
  options: { mergeCustomers?: boolean; reason?: string } = {},
): Promise<CaseOperation> {
  const body = { into, version: from.version, ...options };
  return api(`/cases/${from.id}/merge`, { method: 'POST', body });
}

export function splitCase(
  from: { id: string },
  messageIds: readonly string[],
  options: { subject?: string; reason?: string } = {},
): Promise<CaseOperation> {
  return api(`/cases/${from.id}/split`, { method: 'POST', body: { messageIds, ...options } });
}

export function mergeCustomers(
  from: { id: string; version: number },
  into: string,
  reason?: string,
): Promise<CustomerOperation> {
  const body = { into, version: from.version, ...(reason && { reason }) };
  return api(`/customers/${from.id}/merge`, { method: 'POST', body });
}

export function unlinkIdentity(customerId: string, identityId: string): Promise<CustomerOperation> {
  return api(`/customers/${customerId}/identities/${identityId}`, { method: 'DELETE' });
}

export function undoPreview(id: string): Promise<UndoPreview> {
  return api(`/operations/${id}/undo-preview`);
}

export function undoOperation(id: string): Promise<UndoneOperation> {
  return api(`/operations/${id}/undo`, { method: 'POST' });
}

/** Puts the answer of a merge or split in place at once; the rest follows by events. */
export function putCaseOperation(client: QueryClient, answer: CaseOperation): void {
  putCase(client, answer.case);
  if (answer.from) putCase(client, answer.from);
  for (const id of [answer.case.id, answer.from?.id]) {
    if (id) void client.invalidateQueries({ queryKey: keys.timeline(id) });
  }
  void client.invalidateQueries({ queryKey: keys.allOperations });
}

/** The same for what an undo has changed. */
export function putUndone(client: QueryClient, { cases, customers }: UndoneOperation): void {
  for (const one of cases) putCase(client, one);
  for (const one of customers) client.setQueryData(keys.customer(one.id), one);
  const families = [keys.timelines, keys.cases, keys.allOperations, keys.allSuggestions, keys.customers];
  for (const queryKey of families) void client.invalidateQueries({ queryKey });
}

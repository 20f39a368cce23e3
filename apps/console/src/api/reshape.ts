import type { QueryClient } from '@tanstack/react-query';
import type { CaseDetail } from '@loket/contracts/cases.js';
import type { EventType, LiveEvent } from '@loket/contracts/events.js';
import { keys } from './keys.js';
import type { CaseList } from './patch.js';

/** Events after which messages stand in another case, or cases and addresses belong to another customer. */
const reshaping: ReadonlySet<EventType> = new Set<EventType>([
  'case.merged',
  'case.split',
  'case.linked',
  'case.unlinked',
  'operation.undone',
  'customer.merged',
  'identity.linked',
  'identity.unlinked',
]);

const lastReshaped = new Map<string, number>();

/** @returns when messages last left or joined the case, as milliseconds; 0 = not while this page is open */
export function reshapedAt(caseId: string): number {
  return lastReshaped.get(caseId) ?? 0;
}

export function isReshaping(event: LiveEvent): boolean {
  return reshaping.has(event.type);
}

const ids = (...values: unknown[]): string[] =>
  values.flat().filter((value): value is string => typeof value === 'string');

/** What such an event moved is not in the event itself: it is fetched again wherever it is loaded. */
export function applyReshape(client: QueryClient, event: LiveEvent): void {
  const { data } = event;
  void client.invalidateQueries({ queryKey: keys.allOperations });
  if (event.caseId) {
    lastReshaped.set(event.caseId, Math.max(reshapedAt(event.caseId), Date.parse(event.at)));
    void client.invalidateQueries({ queryKey: keys.timeline(event.caseId) });
    if (event.case) void client.invalidateQueries({ queryKey: keys.case(event.case.number) });
  }
  const ofCustomers = event.type === 'customer.merged' ? ids(data.from, data.into) : [];
  const customers = new Set(
    ids(ofCustomers, data.customerIds, data.customerId, data.to, event.case?.customer.id),
  );
  for (const id of customers) {
    void client.invalidateQueries({ queryKey: keys.customer(id) });
    void client.invalidateQueries({ queryKey: keys.customerCases(id) });
  }
  const moved = new Set(ids(ofCustomers, data.customerIds));
  if (moved.size > 0) refetchCasesOf(client, moved);
}

/** The cases of these customers may have another customer now. */
function refetchCasesOf(client: QueryClient, customers: ReadonlySet<string>): void {
  void client.invalidateQueries({
    queryKey: keys.cases,
    predicate: (query) => customers.has((query.state.data as CaseDetail | undefined)?.customer.id ?? ''),
  });
  void client.invalidateQueries({
    queryKey: keys.caseLists,
    predicate: (query) => {
      const list = query.state.data as CaseList | undefined;
      return list?.pages.some((page) => page.items.some((item) => customers.has(item.customer.id))) ?? false;
    },
  });
}

import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import type { LiveEvent } from '@loket/contracts/events.js';
import type {
  CreateIncident,
  CreateIncidentUpdate,
  Incident,
  IncidentDetail,
  IncidentLink,
  IncidentReach,
  IncidentUpdate,
  UpdateIncident,
} from '@loket/contracts/incidents.js';
import type { Page } from '@loket/contracts/primitives.js';
import { api } from './client.js';
import { refetchCalmly } from './calm.js';
import { keys } from './keys.js';

export type IncidentFilter = 'open' | 'resolved';

/** Newest first. Live events fetch it again whenever something of it changed. */
export function useIncidents(status: IncidentFilter, enabled = true) {
  return useInfiniteQuery({
    queryKey: keys.incidentList(status),
    queryFn: ({ pageParam, signal }) =>
      api<Page<Incident>>('/incidents', { query: { status, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled,
  });
}

export function useIncident(id: string | undefined) {
  return useQuery({
    queryKey: keys.incident(id ?? ''),
    queryFn: ({ signal }) => api<IncidentDetail>(`/incidents/${id}`, { signal }),
    enabled: id !== undefined,
  });
}

/** Asked anew each time: channels and addresses change without the incident knowing. */
export function useReach(id: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.incidentReach(id),
    queryFn: ({ signal }) => api<IncidentReach>(`/incidents/${id}/reach`, { signal }),
    enabled,
    staleTime: 0,
    gcTime: 0,
  });
}

export function useCreateIncident() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<CreateIncident> & { title: string }) =>
      api<IncidentDetail>('/incidents', { method: 'POST', body }),
    onSuccess: (incident) => put(client, incident),
  });
}

export function useUpdateIncident(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<UpdateIncident>) =>
      api<IncidentDetail>(`/incidents/${id}`, { method: 'PATCH', body }),
    onSuccess: (incident) => put(client, incident),
    onError: () => refetchIncidents(client),
  });
}

/** @param ref id or number of the case */
export async function linkCase(client: QueryClient, id: string, ref: string | number): Promise<IncidentLink> {
  const link = await api<IncidentLink>(`/incidents/${id}/cases/${ref}`, { method: 'PUT' });
  put(client, link.incident);
  return link;
}

export async function unlinkCase(client: QueryClient, id: string, ref: string): Promise<IncidentLink> {
  const link = await api<IncidentLink>(`/incidents/${id}/cases/${ref}`, { method: 'DELETE' });
  put(client, link.incident);
  return link;
}

/** @param once the same for each try of one update, so that it is never sent twice */
export function useTellCustomers(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ once, ...body }: CreateIncidentUpdate & { once: string }) =>
      api<IncidentUpdate>(`/incidents/${id}/updates`, {
        method: 'POST',
        body,
        headers: { 'idempotency-key': once },
      }),
    onSuccess: (update) =>
      client.setQueryData<IncidentDetail>(
        keys.incident(id),
        (detail) =>
          detail && {
            ...detail,
            updates: [update, ...detail.updates.filter((other) => other.id !== update.id)],
          },
      ),
  });
}

function put(client: QueryClient, incident: IncidentDetail) {
  client.setQueryData(keys.incident(incident.id), incident);
  void client.invalidateQueries({ queryKey: keys.incidentLists });
}

export function refetchIncidents(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.incidentLists });
  void client.invalidateQueries({ queryKey: keys.incidents });
}

/** An update to many customers comes with hundreds of events: what is shown follows them calmly. */
export function applyIncidentEvent(client: QueryClient, event: LiveEvent): void {
  const concerned =
    event.type.startsWith('incident.') ||
    event.type === 'case.linked' ||
    event.type === 'case.unlinked' ||
    event.type === 'operation.undone' ||
    event.case?.incident != null;
  if (!concerned) return;
  refetchCalmly(client, keys.incidentLists);
  refetchCalmly(client, keys.incidents);
}

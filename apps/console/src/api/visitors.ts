import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { VisitorSign } from '@loket/contracts/sockets.js';
import type { VisitorCard } from '@loket/contracts/visitor-cards.js';
import { api } from './client.js';
import { keys } from './keys.js';

export interface VisitorCards {
  items: VisitorCard[];
}

/** The browsers that a customer chats from. Signs of them come live; a sign that was missed is made good within a minute. */
export function useVisitors(customerId: string) {
  return useQuery({
    queryKey: keys.visitors(customerId),
    queryFn: ({ signal }) => api<VisitorCards>(`/customers/${customerId}/visitors`, { signal }),
    refetchInterval: 60_000,
  });
}

/** Somebody came, went to another page, or left. */
export function applyVisitorSign(client: QueryClient, sign: VisitorSign): void {
  const { customerId, visitorId, online, page, at } = sign;
  const key = keys.visitors(customerId);
  const cards = client.getQueryData<VisitorCards>(key);
  if (!cards) return;
  const index = cards.items.findIndex(({ id }) => id === visitorId);
  const card = cards.items[index];
  if (!card) {
    void client.invalidateQueries({ queryKey: key });
    return;
  }
  if (Date.parse(at) < Date.parse(card.lastSeenAt)) return;
  // where he was last stays, until he says where he is
  const next = { ...card, online, page: page ?? card.page, lastSeenAt: at };
  client.setQueryData<VisitorCards>(key, { items: cards.items.with(index, next) });
}

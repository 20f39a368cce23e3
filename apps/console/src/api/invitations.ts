import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CreatedInvitations,
  CreateInvitations,
  InvitationList,
  Invited,
} from '@loket/contracts/invitations.js';
import type { MadePasswordLink } from '@loket/contracts/password-links.js';
import { api } from './client.js';
import { keys } from './keys.js';

/** Invitations that wait, for admins. Below the agents, so that what concerns them reaches it. */
export function useInvitations(enabled = true) {
  return useQuery({
    enabled,
    queryKey: keys.invitations,
    queryFn: ({ signal }) => api<InvitationList>('/invitations', { signal }),
  });
}

/** Their links are shown this once. */
export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateInvitations) =>
      api<CreatedInvitations>('/invitations', { method: 'POST', body, secret: true }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.invitations }),
    gcTime: 0,
  });
}

/** A new link; those before hold no more. */
export function useRenewInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, mail }: { id: string; mail: boolean }) =>
      api<Invited>(`/invitations/${id}/link`, { method: 'POST', body: { mail }, secret: true }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.invitations }),
    gcTime: 0,
  });
}

/** Its row goes at once, and comes back when that was refused. */
export function useWithdrawInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api<void>(`/invitations/${id}`, { method: 'DELETE' }),
    onMutate: async (id) => {
      await client.cancelQueries({ queryKey: keys.invitations });
      client.setQueryData<InvitationList>(
        keys.invitations,
        (list) => list && { ...list, items: list.items.filter((one) => one.id !== id) },
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.invitations }),
  });
}

/** For somebody who has forgotten his password, to hand over. */
export function useMakePasswordLink() {
  return useMutation({
    mutationFn: (agentId: string) =>
      api<MadePasswordLink>(`/agents/${agentId}/password-link`, { method: 'POST', secret: true }),
    gcTime: 0,
  });
}

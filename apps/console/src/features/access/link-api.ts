import { useMutation, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { AcceptInvitation, OpenInvitation } from '@loket/contracts/invitations.js';
import type {
  AskPasswordLink,
  OpenPasswordLink,
  PasswordLinkWays,
  UsePasswordLink,
} from '@loket/contracts/password-links.js';
import { api } from '../../api/client.js';

function onHash(changed: () => void) {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** The secret of a link. It stands behind the `#`, which the browser sends to nobody. */
export function useLinkToken(): string {
  return useSyncExternalStore(onHash, () => window.location.hash.slice(1));
}

const opened = { staleTime: Infinity, gcTime: 0 } as const;

/** Who invites, and to what. */
export function useOpenInvitation(token: string) {
  return useQuery({
    ...opened,
    queryKey: ['open-link', 'invitation', token],
    queryFn: ({ signal }) =>
      api<OpenInvitation>('/invitations/look', { method: 'POST', body: { token }, secret: true, signal }),
    enabled: token !== '',
  });
}

export function useAcceptInvitation() {
  return useMutation({
    mutationFn: (body: AcceptInvitation) =>
      api<void>('/invitations/accept', { method: 'POST', body, secret: true }),
    gcTime: 0,
  });
}

/** Whether a link for a new password can come by mail. */
export function usePasswordLinkWays() {
  return useQuery({
    ...opened,
    queryKey: ['open-link', 'ways'],
    queryFn: ({ signal }) => api<PasswordLinkWays>('/password-links', { signal }),
  });
}

export function useAskPasswordLink() {
  return useMutation({
    mutationFn: (body: AskPasswordLink) => api<void>('/password-links', { method: 'POST', body }),
  });
}

/** Whose password a link sets. */
export function useOpenPasswordLink(token: string) {
  return useQuery({
    ...opened,
    queryKey: ['open-link', 'password', token],
    queryFn: ({ signal }) =>
      api<OpenPasswordLink>('/password-links/look', {
        method: 'POST',
        body: { token },
        secret: true,
        signal,
      }),
    enabled: token !== '',
  });
}

export function useUsePasswordLink() {
  return useMutation({
    mutationFn: (body: UsePasswordLink) =>
      api<void>('/password-links/use', { method: 'POST', body, secret: true }),
    gcTime: 0,
  });
}

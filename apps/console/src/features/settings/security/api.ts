import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Agent, SecondFactorMark, Session } from '@loket/contracts/access.js';
import type {
  BeginSecondFactor,
  ConfirmSecondFactor,
  ProveSecondFactor,
  RecoveryCodes,
  SecondFactorSetup,
  SecondFactorState,
  SignInRules,
  UpdateSignInRules,
} from '@loket/contracts/second-factor.js';
import { api } from '../../../api/client.js';
import { keys } from '../../../api/keys.js';
import { sessionKey } from '../../../api/session.js';

const stateKey = ['second-factor'] as const;

export function useSecondFactor() {
  return useQuery({
    queryKey: stateKey,
    queryFn: ({ signal }) => api<SecondFactorState>('/me/second-factor', { signal }),
    staleTime: 0,
  });
}

/** The mark in the session and the page that shows more of it. */
function useChanged() {
  const client = useQueryClient();
  return (secondFactor: SecondFactorMark) => {
    client.setQueryData<Session | null>(
      sessionKey,
      (session) => session && { agent: { ...session.agent, secondFactor } },
    );
    void client.invalidateQueries({ queryKey: ['sessions'] });
    return client.invalidateQueries({ queryKey: stateKey });
  };
}

export function useBeginSecondFactor() {
  return useMutation({
    mutationFn: (body: BeginSecondFactor) =>
      api<SecondFactorSetup>('/me/second-factor', { method: 'POST', body, secret: true }),
    gcTime: 0,
  });
}

export function useConfirmSecondFactor() {
  const changed = useChanged();
  return useMutation({
    mutationFn: (body: ConfirmSecondFactor) =>
      api<RecoveryCodes>('/me/second-factor/confirmation', { method: 'POST', body, secret: true }),
    onSuccess: () => void changed('on'),
    gcTime: 0,
  });
}

export function useRenewRecoveryCodes() {
  const changed = useChanged();
  return useMutation({
    mutationFn: (body: ProveSecondFactor) =>
      api<RecoveryCodes>('/me/second-factor/recovery-codes', { method: 'POST', body, secret: true }),
    onSuccess: () => void changed('on'),
    gcTime: 0,
  });
}

export function useRemoveSecondFactor() {
  const changed = useChanged();
  return useMutation({
    mutationFn: (body: ProveSecondFactor) => api<void>('/me/second-factor/removal', { method: 'POST', body }),
    onSuccess: () => void changed('off'),
  });
}

export function useRevokeOtherSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api<void>('/sessions', { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
}

/** An admin takes away what somebody has lost. */
export function useResetSecondFactor() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Pick<Agent, 'id'>) => api<void>(`/agents/${id}/second-factor`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.agents }),
  });
}

export function useSignInRules() {
  return useQuery({
    queryKey: keys.settings('sign_in'),
    queryFn: ({ signal }) => api<SignInRules>('/settings/sign-in', { signal }),
  });
}

export function useUpdateSignInRules() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateSignInRules) => api<SignInRules>('/settings/sign-in', { method: 'PATCH', body }),
    onSuccess: (rules) => client.setQueryData(keys.settings('sign_in'), rules),
    onError: () => client.invalidateQueries({ queryKey: keys.settings('sign_in') }),
  });
}

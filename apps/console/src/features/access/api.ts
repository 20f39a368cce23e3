import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Session, Setup } from '@loket/contracts/access.js';
import type {
  AnswerChallenge,
  ChallengedSession,
  SecondFactorSetup,
} from '@loket/contracts/second-factor.js';
import { api, ApiError } from '../../api/client.js';
import { sessionKey } from '../../api/session.js';

/** Makes the first admin and signs him in. When somebody was faster, the gate goes on to the sign-in. */
export function useSetUp() {
  const client = useQueryClient();
  const done = () => client.setQueryData(['setup'], { required: false });
  return useMutation({
    mutationFn: (body: Setup) => api<Session>('/setup', { method: 'POST', body }),
    onSuccess: (session) => {
      done();
      client.setQueryData(sessionKey, session);
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'setup_done') done();
    },
  });
}

/** Seconds that the server asks to wait, null when it does not. */
export function secondsToWait(error: unknown): number | null {
  if (!(error instanceof ApiError) || error.status !== 429) return null;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('retryAfterSeconds' in data)) return null;
  return typeof data.retryAfterSeconds === 'number' ? Math.ceil(data.retryAfterSeconds) : null;
}

/** A right password that is not enough: what goes on with the second step. */
export interface Challenge {
  /** `setup`: he has to set one up first */
  kind: 'code' | 'setup';
  challenge: string;
  email: string;
}

/** What the server asks for besides the password, null when that is not what went wrong. */
export function challengeOf(error: unknown): Omit<Challenge, 'email'> | null {
  if (!(error instanceof ApiError) || typeof error.data !== 'object' || error.data === null) return null;
  const challenge = 'challenge' in error.data ? error.data.challenge : null;
  if (typeof challenge !== 'string') return null;
  if (error.code === 'second_factor_required') return { kind: 'code', challenge };
  return error.code === 'second_factor_setup_required' ? { kind: 'setup', challenge } : null;
}

/** The sign-in has to be begun again. */
export function isEnded(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'challenge_ended';
}

export function useAnswerChallenge() {
  return useMutation({
    mutationFn: (body: AnswerChallenge) =>
      api<ChallengedSession>('/session/second-factor', { method: 'POST', body, secret: true }),
    gcTime: 0,
  });
}

export function useSetUpChallenge() {
  return useMutation({
    mutationFn: (body: { challenge: string }) =>
      api<SecondFactorSetup>('/session/second-factor/setup', { method: 'POST', body, secret: true }),
    gcTime: 0,
  });
}

/** Lets the gate go on. */
export function useOpenSession(): (session: ChallengedSession) => void {
  const client = useQueryClient();
  return ({ agent }) => client.setQueryData<Session>(sessionKey, { agent });
}

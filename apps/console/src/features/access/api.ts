import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Session, Setup } from '@loket/contracts/access.js';
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

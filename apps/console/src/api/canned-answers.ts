import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CannedAnswer,
  CreateCannedAnswer,
  UpdateCannedAnswer,
} from '@loket/contracts/canned-answers.js';
import { api } from './client.js';
import { keys } from './keys.js';

/** Mine, those of my teams, and everybody's, by shortcut. */
export function useCannedAnswers(enabled = true) {
  return useQuery({
    queryKey: keys.cannedAnswers,
    queryFn: ({ signal }) => api<{ items: CannedAnswer[] }>('/canned-answers', { signal }),
    select: (page) => page.items,
    enabled,
  });
}

/** To look after them: supervisors see those of other teams too. Fresh whenever it is opened. */
export function useEveryCannedAnswer() {
  return useQuery({
    queryKey: [...keys.cannedAnswers, 'every'],
    queryFn: ({ signal }) =>
      api<{ items: CannedAnswer[] }>('/canned-answers', { query: { of: 'every' }, signal }),
    select: (page) => page.items,
    staleTime: 0,
  });
}

function useAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.cannedAnswers });
}

export function useCreateCannedAnswer() {
  const again = useAgain();
  return useMutation({
    mutationFn: (body: CreateCannedAnswer) => api<CannedAnswer>('/canned-answers', { method: 'POST', body }),
    onSuccess: again,
  });
}

export function useUpdateCannedAnswer() {
  const again = useAgain();
  return useMutation({
    mutationFn: ({ id, ...body }: UpdateCannedAnswer & { id: string }) =>
      api<CannedAnswer>(`/canned-answers/${id}`, { method: 'PATCH', body }),
    onSuccess: again,
  });
}

export function useRemoveCannedAnswer() {
  const again = useAgain();
  return useMutation({
    mutationFn: (id: string) => api<void>(`/canned-answers/${id}`, { method: 'DELETE' }),
    onSettled: again,
  });
}

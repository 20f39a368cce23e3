import { useQuery } from '@tanstack/react-query';
import type { CannedAnswer } from '@loket/contracts/canned-answers.js';
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

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NoticePreferences } from '@loket/contracts/notice-preferences.js';
import { api } from './client.js';
import { keys } from './keys.js';

/** How I hear of my news. They go with the person, not with the browser. */
export function useNoticePreferences() {
  return useQuery({
    queryKey: keys.noticePreferences,
    queryFn: ({ signal }) => api<NoticePreferences>('/me/notices/preferences', { signal }),
  });
}

export function useSaveNoticePreferences() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NoticePreferences) =>
      api<NoticePreferences>('/me/notices/preferences', { method: 'PUT', body }),
    // one after the other: the last click is the one that holds
    scope: { id: 'notice-preferences' },
    onMutate: (next) => {
      const before = client.getQueryData<NoticePreferences>(keys.noticePreferences);
      client.setQueryData(keys.noticePreferences, next);
      return { before };
    },
    onError: (_error, _next, context) => {
      client.setQueryData(keys.noticePreferences, context?.before);
      void client.invalidateQueries({ queryKey: keys.noticePreferences });
    },
  });
}

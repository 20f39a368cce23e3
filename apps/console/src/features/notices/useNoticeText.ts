import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '@loket/contracts/notices.js';
import { noticeWords } from './notice-text.js';

/** Tells a notice in one sentence. */
export function useNoticeText(): (notice: Notice) => string {
  const { t } = useTranslation();
  return useCallback(
    (notice) => {
      const { key, params } = noticeWords(notice);
      return t(`notices.say.${key}`, params);
    },
    [t],
  );
}

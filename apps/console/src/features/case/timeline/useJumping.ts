import { mayMove } from '../../../ui/looks.js';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { useTimeline } from '../../../api/cases.js';
import { showToast } from '../../../ui/toasts.js';

/** Older pages that are looked through for one message. */
const mostPages = 40;

/**
 * Brings a message into view and lets it flash once. One that is older than what is loaded is fetched, page by page; of
 * one that is not in this case it is said.
 */
export function useJumping(
  box: { current: HTMLElement | null },
  timeline: ReturnType<typeof useTimeline>,
): (messageId: string) => void {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<string | null>(null);
  const pages = useRef(0);
  const { hasNextPage, isFetching, fetchNextPage, data } = timeline;

  useEffect(() => {
    if (wanted === null || isFetching) return;
    // within the list's own frame: what was fetched last is drawn by now
    const found = box.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(wanted)}"]`);
    if (found) {
      setWanted(null);
      show(found);
    } else if (hasNextPage && pages.current < mostPages) {
      pages.current += 1;
      void fetchNextPage();
    } else {
      setWanted(null);
      showToast({ text: t('case.quoted.elsewhere') });
    }
  }, [wanted, isFetching, hasNextPage, fetchNextPage, data, box, t]);

  return useCallback((messageId) => {
    pages.current = 0;
    setWanted(messageId);
  }, []);
}

function show(message: HTMLElement): void {
  const still = !mayMove();
  message.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
  message.focus({ preventScroll: true });
  const row = message.closest<HTMLElement>('li') ?? message;
  delete row.dataset.flash;
  // the animation begins anew only when the mark was off for a frame
  requestAnimationFrame(() => (row.dataset.flash = ''));
  setTimeout(() => delete row.dataset.flash, 2000);
}

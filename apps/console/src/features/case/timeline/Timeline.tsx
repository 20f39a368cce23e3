import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, TimelineItem } from '@loket/contracts/cases.js';
import { useTimeline } from '../../../api/cases.js';
import { errorText } from '../../../api/error-text.js';
import { markSeen, seenUntil } from '../../../api/seen.js';
import { useMe } from '../../../api/session.js';
import { fileKind } from '../../../ui/file-kind.js';
import { Skeleton, useLate } from '../../../ui/Skeleton.js';
import { useFormat } from '../../../ui/useFormat.js';
import { foldCopies } from './copies.js';
import { JumpContext } from '../desk.js';
import { OpenCaseContext } from '../open-case.js';
import { timelineRows } from './timeline-rows.js';
import { useJumping } from './useJumping.js';
import { HeldReplies } from './HeldReplies.js';
import { CustomerTyping } from './CustomerTyping.js';
import { TimelineRow } from './TimelineRow.js';
import s from '../components/case.module.css';

interface TimelineProps {
  detail: CaseDetail;
  /** what stands below the messages may come */
  whole: boolean;
}

/** One merged timeline: newest below, older pages load as one scrolls up, what stands in view does not move. */
export function Timeline({ detail, whole }: TimelineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const timeline = useTimeline(detail.id);
  const late = useLate(timeline.isPending);
  const [seen] = useState(() => seenUntil(detail.id));
  const { shown: items, copies } = useMemo(
    () => foldCopies((timeline.data?.pages ?? []).toReversed().flatMap((page) => page.items)),
    [timeline.data],
  );
  const rows = useMemo(() => timelineRows(items, seen, format.dayKey, copies), [items, copies, seen, format]);
  const newest = items.at(-1);
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { below, toEnd } = useKeepPlace(box, content, items, me.id);

  useEffect(() => {
    const mark = () => !document.hidden && markSeen(detail.id, detail.lastMessageAt);
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [detail.id, detail.lastMessageAt]);

  const { hasNextPage, isFetching, isFetchingNextPage, fetchNextPage } = timeline;
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!top.current || !hasNextPage || isFetching) return;
    const observer = new IntersectionObserver(
      (entries) => entries[0]?.isIntersecting && void fetchNextPage(),
      {
        root: box.current,
        rootMargin: '400px 0px 0px',
      },
    );
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [hasNextPage, isFetching, fetchNextPage]);

  const jump = useJumping(box, timeline);

  return (
    <div className={s.scrollBox}>
      <div ref={box} className={s.scroll} tabIndex={0} role="region" aria-label={t('case.timeline')}>
        <div ref={content}>
          <div ref={top} />
          {isFetchingNextPage && <p className={s.older}>{t('ui.loading')}</p>}
          {timeline.isPending && late && (
            <div className={s.bones} aria-busy>
              <Skeleton lines={4} />
              <Skeleton lines={3} />
            </div>
          )}
          {timeline.error && (
            <div className={s.failed} role="alert">
              {errorText(t, timeline.error)}
              <Button size="xs" variant="default" onClick={() => void timeline.refetch()}>
                {t('ui.retry')}
              </Button>
            </div>
          )}
          <OpenCaseContext value={detail.number}>
            <JumpContext value={jump}>
              <ol className={s.tl}>
                {rows.map((row) => (
                  <TimelineRow key={row.key} row={row} />
                ))}
              </ol>
            </JumpContext>
          </OpenCaseContext>
          {whole && <HeldReplies detail={detail} />}
          <CustomerTyping detail={detail} />
        </div>
      </div>
      {below && (
        <button className={s.toEnd} onClick={toEnd}>
          <IconArrowDown size={14} stroke={2} />
          {t('case.newBelow')}
        </button>
      )}
      <Announcer newest={newest} />
    </div>
  );
}

/**
 * Opens at the end; stays there while it grows, if it was there; keeps what is in view in view when older pages come.
 * Scroll anchoring of browsers does not work at the very top and not in all of them, so it is done by hand.
 */
function useKeepPlace(
  box: { current: HTMLDivElement | null },
  content: { current: HTMLDivElement | null },
  items: readonly TimelineItem[],
  me: string,
) {
  const atEnd = useRef(true);
  const known = useRef<{ first?: string; last?: string; height: number }>({ height: 0 });
  const [below, setBelow] = useState(false);
  const first = items[0]?.id;
  const last = items.at(-1);
  useLayoutEffect(() => {
    const pane = box.current;
    if (!pane) return;
    const before = known.current;
    const grownAbove = before.first !== undefined && before.first !== first && before.last === last?.id;
    if (grownAbove && !atEnd.current) pane.scrollTop += pane.scrollHeight - before.height;
    else if (before.last !== last?.id) {
      const own = last?.type !== 'event' && last?.agent?.id === me;
      if (atEnd.current || own || before.last === undefined) pane.scrollTop = pane.scrollHeight;
      else if (last?.type !== 'event') setBelow(true);
    }
    known.current = { ...(first && { first }), ...(last && { last: last.id }), height: pane.scrollHeight };
  }, [box, first, last, me]);
  useEffect(() => {
    const pane = box.current;
    if (!pane || !content.current) return;
    const onScroll = () => {
      atEnd.current = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 60;
      if (atEnd.current) setBelow(false);
    };
    // pictures and frames grow after they are laid out; the composer grows while one writes
    const observer = new ResizeObserver(() => {
      known.current.height = pane.scrollHeight;
      if (atEnd.current) pane.scrollTop = pane.scrollHeight;
    });
    observer.observe(content.current);
    observer.observe(pane);
    pane.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      pane.removeEventListener('scroll', onScroll);
    };
  }, [box, content]);
  const toEnd = () => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
    setBelow(false);
  };
  return { below, toEnd };
}

/** Tells screen readers of a message that arrives while the case is open; not of those that were there. */
function Announcer({ newest }: { newest: TimelineItem | undefined }) {
  const { t } = useTranslation();
  const last = useRef<string | undefined>(undefined);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!newest) return;
    const isNew = last.current !== undefined && last.current !== newest.id;
    last.current = newest.id;
    if (isNew && newest.type === 'message' && newest.direction === 'inbound') {
      const [file] = newest.attachments;
      const text =
        newest.text.slice(0, 200) || (file ? t(`ui.file.${fileKind(file.mediaType, file.name)}`) : '');
      setSaid(t('case.announce', { name: newest.from.name ?? newest.from.value, text }));
    }
  }, [newest, t]);
  return (
    <div className="sr" role="status">
      {said}
    </div>
  );
}

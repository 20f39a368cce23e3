import { IconArrowUp, IconCheck, IconChevronsUp, IconCornerUpLeft, IconPhoneCall } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { useCustomerTyping } from '../../../api/customer-typing.js';
import { useHasDraft } from '../../../api/drafts.js';
import { usePresence } from '../../../api/live.js';
import { useUnread } from '../../../api/seen.js';
import { ChannelMarks } from '../../../ui/ChannelMark.js';
import { AgentFace } from '../../../ui/Face.js';
import { KindIcon } from '../../../ui/FileIcon.js';
import { fileKind } from '../../../ui/file-kind.js';
import { useFormat } from '../../../ui/useFormat.js';
import { pieces } from '../highlight.js';
import s from './inbox.module.css';

interface CaseRowProps {
  summary: CaseSummary;
  me: string;
  now: Date;
  selected: boolean;
  /** it no longer belongs to this list; it stays, dimmed, until the list is loaded anew */
  gone: boolean;
  /** for what the row says how long he waits */
  waits: 'answer' | 'call';
  index: number;
  /** neighbours of the selected row lose their rule */
  bare: boolean;
  /** rows known so far; -1 when there are more */
  total: number;
  /** what was looked for, to be marked in it */
  words: readonly string[];
  /** rows show a box to tick */
  marking: boolean;
  marked: boolean;
  onOpen: (summary: CaseSummary) => void;
  /** the pointer came over it */
  onPoint: (summary: CaseSummary) => void;
  onMark: (summary: CaseSummary, how: 'one' | 'range') => void;
}

export const rowId = (caseId: string) => `row-${caseId}`;

export const CaseRow = memo(function CaseRow(props: CaseRowProps) {
  const { summary, me, now, selected, gone, waits, index, bare, total, onOpen } = props;
  const { words, marking, marked, onMark, onPoint } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const unread = useUnread(summary) && !selected;
  const draft = useHasDraft(me, summary.id);
  const typing = usePresence(summary.id).find((agent) => agent.state === 'typing')?.name;
  const customerTyping = useCustomerTyping(summary.id);
  const call = waits === 'call';
  const oneText = call || draft || typing !== undefined || customerTyping ? null : textOf(summary);
  const name = summary.customer.name ?? format.phone(summary.customer.address ?? t('inbox.row.unknown'));
  const end = (
    <span className={s.end}>
      <Waits summary={summary} now={now} call={call} />
      {summary.assignee ? (
        <AgentFace agent={summary.assignee} size={18} />
      ) : (
        <span className={s.free} role="img" title={t('inbox.row.free')} aria-label={t('inbox.row.free')} />
      )}
    </span>
  );
  return (
    <div
      id={rowId(summary.id)}
      role="option"
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={total}
      className={s.row}
      data-unread={unread || undefined}
      data-wait={summary.status !== 'open' || undefined}
      data-gone={gone || undefined}
      data-first={index === 0 || undefined}
      data-after={bare || undefined}
      aria-checked={marking ? marked : undefined}
      data-marked={marked || undefined}
      onClick={(event) => {
        if (event.shiftKey) onMark(summary, 'range');
        else if (event.ctrlKey || event.metaKey) onMark(summary, 'one');
        else onOpen(summary);
      }}
      onPointerEnter={() => onPoint(summary)}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
    >
      <span className={s.lead} data-marking={marking || undefined}>
        <span
          className={s.box}
          aria-hidden
          onClick={(event) => {
            event.stopPropagation();
            onMark(summary, event.shiftKey ? 'range' : 'one');
          }}
        >
          <IconCheck size={12} stroke={3} />
        </span>
        {unread && (
          <span className={s.pip} style={{ display: 'block' }}>
            <span className="sr">{t('inbox.row.unread')}</span>
          </span>
        )}
      </span>
      <span style={{ minWidth: 0 }}>
        <span className={s.l1}>
          <span className={`${s.name} cut`}>
            <Marked text={name} words={words} />
          </span>
          <ChannelMarks kinds={summary.channelKinds} size={13} />
          <time className={s.time} dateTime={summary.lastMessageAt}>
            {format.short(summary.lastMessageAt, now)}
          </time>
        </span>
        <span className={s.l2} data-whole={oneText !== null || undefined}>
          {oneText === null ? (
            <span className={`${s.subj} cut grow`}>
              <span className="sr">#{summary.number} </span>
              {summary.subject ? <Marked text={summary.subject} words={words} /> : t('inbox.row.noSubject')}
            </span>
          ) : (
            <span className={`${s.subj} ${s.two} grow`}>
              <span className={s.twoIn}>
                {end}
                <span className="sr">#{summary.number} </span>
                <Marked text={oneText} words={words} />
              </span>
            </span>
          )}
          <Priority priority={summary.priority} />
        </span>
        {oneText === null && (
          <span className={s.l3}>
            {call && summary.callback?.number ? (
              <span className={`${s.prev} cut`}>{format.phone(summary.callback.number)}</span>
            ) : (
              <Preview {...{ summary, words, draft, typing, customerTyping }} />
            )}
            {end}
          </span>
        )}
      </span>
    </div>
  );
});

/**
 * A chat has no subject but its first words: as long as nothing else was said, they are shown once, over both lines.
 * @returns null when subject and preview are two things
 */
function textOf({ subject, preview }: CaseSummary): string | null {
  const begins = subject.replace(/(…|\.\.\.)$/, '').trim();
  return begins !== '' && preview.startsWith(begins) ? preview : null;
}

/** That he is to be called back, and how long he waits: for an answer, or for our call. */
function Waits({ summary, now, call }: Pick<CaseRowProps, 'summary' | 'now'> & { call: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { callback, waitingSince, status } = summary;
  const answer = status === 'open' ? waitingSince : null;
  const since = call ? (callback?.since ?? null) : answer;
  return (
    <>
      {callback && (
        <span
          className={s.wait}
          role="img"
          aria-label={t('inbox.row.callback')}
          title={t('inbox.row.callbackSince', { since: format.full(callback.since) })}
        >
          <IconPhoneCall size={14} stroke={1.9} />
        </span>
      )}
      {since !== null && (
        <span
          className={s.wait}
          title={t(call ? 'inbox.row.callbackSince' : 'inbox.row.waiting', { since: format.full(since) })}
        >
          {!call && <span className="sr">{t('inbox.row.waits')} </span>}
          {format.span(now.getTime() - Date.parse(since))}
        </span>
      )}
    </>
  );
}

interface PreviewProps {
  summary: CaseSummary;
  words: readonly string[];
  draft: boolean;
  /** the colleague who is */
  typing: string | undefined;
  customerTyping: boolean;
}

function Preview({ summary, words, draft, typing, customerTyping }: PreviewProps) {
  const { t } = useTranslation();
  if (customerTyping) return <span className={`${s.typing} cut`}>{t('inbox.row.customerTyping')}</span>;
  if (typing !== undefined)
    return <span className={`${s.typing} cut`}>{t('inbox.row.typing', { name: typing })}</span>;
  return (
    <>
      {summary.lastDirection === 'outbound' && !draft && (
        <span className={s.reply} title={t('inbox.row.ours')}>
          <IconCornerUpLeft size={13} stroke={1.9} aria-hidden />
          <span className="sr">{t('inbox.row.ours')}: </span>
        </span>
      )}
      <span className={`${s.prev} cut`}>
        {draft && <span className={s.draft}>{t('inbox.row.draft')} · </span>}
        {summary.preview ? (
          <Marked text={summary.preview} words={words} />
        ) : (
          <FilePreview file={summary.previewFile} />
        )}
      </span>
    </>
  );
}

function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text;
  return pieces(text, words).map((piece, at) =>
    piece.hit ? (
      <mark key={at} className={s.hit}>
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
}

/** A message that is nothing but a file: what kind it is, in the reader's own words. */
function FilePreview({ file }: { file: CaseSummary['previewFile'] }) {
  const { t } = useTranslation();
  if (!file) return null;
  const kind = fileKind(file.mediaType, file.name);
  return (
    <span className={s.file}>
      <KindIcon kind={kind} size={14} />
      {kind === 'document' ? file.name : t(`ui.file.${kind}`)}
    </span>
  );
}

function Priority({ priority }: { priority: CaseSummary['priority'] }) {
  const { t } = useTranslation();
  if (priority !== 'high' && priority !== 'urgent') return null;
  const Icon = priority === 'urgent' ? IconChevronsUp : IconArrowUp;
  return (
    <span className={s.prio} data-p={priority} role="img" aria-label={t(`inbox.row.priority.${priority}`)}>
      <Icon size={14} stroke={2} />
    </span>
  );
}

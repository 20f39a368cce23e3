import { memo, type CSSProperties, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { useAgentRefs } from '../../../api/cases.js';
import { useTeams } from '../../../api/teams.js';
import { channelColor, ChannelMark, useChannelName } from '../../../ui/ChannelMark.js';
import { openDialog } from '../../../ui/dialogs.js';
import { useFormat } from '../../../ui/useFormat.js';
import { eventText, operationOf } from './event-text.js';
import { useOpenCase } from '../open-case.js';
import type { Row } from './timeline-rows.js';
import { JoinMarker } from './JoinMarker.js';
import { Album, Message } from './Message.js';
import { NoteRow } from './NoteRow.js';
import s from '../components/case.module.css';

function Line({ channel, children }: { channel: ChannelKind | null; children: ReactNode }) {
  return (
    <li
      className={s.it}
      style={channel ? ({ '--spine': channelColor(channel) } as CSSProperties) : undefined}
    >
      <div className={s.body}>{children}</div>
    </li>
  );
}

/** Rows are built anew with each event; only those whose content changed are drawn again. */
export const TimelineRow = memo(function TimelineRow({ row }: { row: Row }) {
  const { t } = useTranslation();
  const format = useFormat();
  const channelName = useChannelName();
  const agents = useAgentRefs().data ?? [];
  const teams = useTeams().data ?? [];
  const number = useOpenCase();
  if (row.kind === 'day') {
    const words = { today: t('case.today'), yesterday: t('case.yesterday') };
    return <li className={s.day}>{format.day(row.at, words)}</li>;
  }
  if (row.kind === 'switch') {
    return (
      <li className={s.sw} style={{ '--spine': channelColor(row.channel) } as CSSProperties}>
        <span className={s.swIcon} aria-hidden>
          <ChannelMark kind={row.channel} size={13} />
        </span>
        <span className={`${s.swText} cut`}>
          <b>{channelName(row.channel)}</b>
          {format.phone(row.address)}
        </span>
      </li>
    );
  }
  if (row.kind === 'fresh') {
    return (
      <Line channel={row.channel}>
        <div className={s.fresh}>{t('case.fresh')}</div>
      </Line>
    );
  }
  if (row.kind === 'join') {
    return (
      <Line channel={row.message.channelKind}>
        <JoinMarker message={row.message} />
      </Line>
    );
  }
  if (row.kind === 'album') {
    return (
      <Line channel={row.channel}>
        <Album items={row.items} follows={row.follows} />
      </Line>
    );
  }
  const { item, channel, follows, subject } = row;
  if (item.type === 'message') {
    return (
      <Line channel={channel}>
        <Message message={item} follows={follows} subject={subject} copy={row.copy} />
      </Line>
    );
  }
  if (item.type === 'note') {
    return (
      <Line channel={channel}>
        <NoteRow note={item} />
      </Line>
    );
  }
  const text = eventText(t, item, agents, number, teams);
  const operationId = operationOf(item);
  return text ? (
    <Line channel={channel}>
      <div className={s.event}>
        <span data-undone={row.undone || undefined}>{operationId ? <Numbers text={text} /> : text}</span>
        {operationId && !row.undone && (
          <button className={s.inPlace} onClick={() => openDialog({ kind: 'undo', operationId })}>
            {t('ui.undo')}
          </button>
        )}
        <time className={s.stamp} dateTime={item.at} title={format.full(item.at)}>
          {format.time(item.at)}
        </time>
      </div>
    </Line>
  ) : null;
}, sameRow);

function sameRow({ row: a }: { row: Row }, { row: b }: { row: Row }): boolean {
  const names = Object.keys(a) as (keyof Row)[];
  return a.kind === b.kind && names.every((name) => sameValue(a[name], b[name]));
}

/** The pictures of an album are gathered anew each time. */
function sameValue(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

/** Case numbers in a line lead to their cases. */
function Numbers({ text }: { text: string }) {
  return text.split(/(#\d+)/).map((part, index) =>
    /^#\d+$/.test(part) ? (
      <Link key={index} href={`/inbox/all/${part.slice(1)}`} className={s.caseLink}>
        {part}
      </Link>
    ) : (
      part
    ),
  );
}

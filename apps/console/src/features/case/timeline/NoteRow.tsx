import { IconEyeOff, IconLock, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TimelineItem } from '@loket/contracts/cases.js';
import { useMe } from '../../../api/session.js';
import { AgentFace } from '../../../ui/Face.js';
import { Linked } from '../../../ui/Linked.js';
import { useFormat } from '../../../ui/useFormat.js';
import { mentionParts } from '../composer/triggers.js';
import { Attachments } from './Attachments.js';
import s from '../components/case.module.css';
import m from '../composer/composer.module.css';

type Note = Extract<TimelineItem, { type: 'note' }>;

/** What colleagues tell each other. A whisper says who sees it, a draft that it was never sent. */
export function NoteRow({ note }: { note: Note }) {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const { agent, to, draft } = note;
  const other = to && (to.id === me.id ? agent : to);
  const who = other
    ? t('case.note.whisper', { name: other.name })
    : t(draft ? 'case.note.draft' : 'case.teamOnly');
  const Icon = to ? IconEyeOff : draft ? IconPencil : IconLock;
  return (
    <article
      className={s.note}
      data-message={note.id}
      data-whisper={to ? true : undefined}
      data-draft={draft || undefined}
      tabIndex={-1}
      aria-label={t(draft ? 'case.note.draftBy' : 'case.noteBy', { name: agent.name })}
    >
      <div className={s.by}>
        <AgentFace agent={agent} size={18} silent />
        <b className="cut">{agent.name}</b>
        <span className={s.who}>
          <Icon size={12} stroke={2} aria-hidden />
          {who}
        </span>
        <time dateTime={note.at} title={format.full(note.at)}>
          {format.time(note.at)}
        </time>
      </div>
      <div className={s.text}>
        {mentionParts(note.text, note.mentions).map((part, at) =>
          part.id ? (
            <b key={at} className={m.mention} data-me={part.id === me.id || undefined}>
              {part.text}
            </b>
          ) : (
            <Linked key={at} text={part.text} />
          ),
        )}
      </div>
      <Attachments files={note.attachments} withInline />
    </article>
  );
}

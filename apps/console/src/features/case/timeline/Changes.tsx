import { Popover, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconBan } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageChange, TimelineMessage } from '@loket/contracts/cases.js';
import { Linked } from '../../../ui/Linked.js';
import { useFormat } from '../../../ui/useFormat.js';
import type { Reaction, Words } from './message-words.js';
import { useDesk } from '../desk.js';
import s from '../components/case.module.css';
import c from './chat.module.css';

/** A quiet word beside the time; behind it, what stood there before. */
export function EditedMark({ words }: { words: Words }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  if (words.editedAt === null) return null;
  const title = t('case.edited.title');
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={330}
      trapFocus
      returnFocus
      attributes={{ dropdown: { 'aria-label': title } }}
    >
      <Popover.Target>
        <button
          className={c.edited}
          aria-expanded={opened}
          title={t('case.edited.at', { at: format.full(words.editedAt) })}
          onClick={() => setOpened(!opened)}
        >
          {t('case.edited.mark')}
        </button>
      </Popover.Target>
      <Popover.Dropdown data-layer>
        <div className={c.versions} tabIndex={-1} data-autofocus>
          <h3>{title}</h3>
          <ol>
            {words.versions.toReversed().map((version, at) => (
              <li key={at}>
                <span className={c.versionAt}>
                  {at === 0
                    ? t('case.edited.now')
                    : at === words.versions.length - 1
                      ? t('case.edited.first')
                      : t('case.edited.before')}
                  <time dateTime={version.at}>{format.full(version.at)}</time>
                </span>
                <p>{version.text.trim() === '' ? t('case.noText') : <Linked text={version.text} />}</p>
              </li>
            ))}
          </ol>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Taken back for everyone: said in its place. Agents may still read what it was. */
export function Revoked({
  change,
  mine,
  children,
}: {
  change: MessageChange;
  mine: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  return (
    <>
      <p className={c.revoked}>
        <IconBan size={15} stroke={1.8} aria-hidden />
        <span>
          {t(mine ? 'case.revoked.own' : 'case.revoked.customer')}{' '}
          <time dateTime={change.at} title={format.full(change.at)}>
            {format.time(change.at)}
          </time>
        </span>
      </p>
      <button className={s.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'case.revoked.hide' : 'case.revoked.show')}
      </button>
      {open && <div className={c.taken}>{children}</div>}
    </>
  );
}

/** Chips below the bubble; who it was stands behind each. */
export function Reactions({ reactions, mine }: { reactions: readonly Reaction[]; mine: boolean }) {
  const { t } = useTranslation();
  if (reactions.length === 0) return null;
  return (
    <ul className={c.reactions} data-mine={mine || undefined} aria-label={t('case.reactions.label')}>
      {reactions.map(({ emoji, by }) => {
        const names = by.map(
          ({ side, name }) => name ?? t(side === 'own' ? 'case.us' : 'case.quoted.customer'),
        );
        return (
          <li key={emoji}>
            <Tooltip label={names.join(', ')}>
              <span
                className={c.reaction}
                tabIndex={0}
                role="img"
                aria-label={`${emoji} ${names.join(', ')}`}
              >
                {emoji}
                {by.length > 1 && <small>{by.length}</small>}
              </span>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}

/** Shown beside a message while the pointer or the focus is on it. */
export function QuoteButton({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const desk = useDesk();
  if (message.id.startsWith('local:') || !desk.canQuote(message)) return null;
  return (
    <button
      className={`${s.whyBtn} ${c.answer}`}
      aria-label={t('case.act.replyTo')}
      title={t('case.act.replyTo')}
      onClick={() => desk.wish({ kind: 'quote', message })}
    >
      <IconArrowBackUp size={15} stroke={1.9} />
    </button>
  );
}

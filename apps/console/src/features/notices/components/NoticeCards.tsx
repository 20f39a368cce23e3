import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Notice } from '@loket/contracts/notices.js';
import { useRinging } from '../../../api/ringing.js';
import { useNoticeText } from '../useNoticeText.js';
import { NoticeAbout, NoticeFace } from './NoticeRow.js';
import s from './notices.module.css';

interface NoticeCardsProps {
  notices: readonly Notice[];
  onOpen: (notice: Notice) => void;
  onDismiss: (id: string) => void;
}

/** What has just come, before it goes into the list. The region is there from the start, for screen readers. */
export function NoticeCards({ notices, onOpen, onDismiss }: NoticeCardsProps) {
  const { t } = useTranslation();
  const say = useNoticeText();
  const ringing = useRinging().length > 0;
  return (
    <section
      className={s.cards}
      aria-label={t('notices.region')}
      aria-live="polite"
      data-beside={ringing || undefined}
    >
      {notices.map((notice) => (
        <article
          key={notice.id}
          className={s.card}
          data-kind={notice.kind}
          // somebody may be typing in that very case: this cannot wait until he is done
          {...(notice.kind === 'taken' && { role: 'alert' })}
        >
          <Link
            href={`/inbox/all/${notice.case.number}`}
            className={s.cardLink}
            onClick={() => onOpen(notice)}
          >
            <NoticeFace notice={notice} size={32} />
            <span className={s.text}>
              <b className={s.say}>{say(notice)}</b>
              {notice.reason && (
                <span className={s.reason}>{t('notices.reason', { reason: notice.reason })}</span>
              )}
              <span className={`${s.about} cut`}>
                <NoticeAbout notice={notice} />
              </span>
            </span>
          </Link>
          <button className={s.x} aria-label={t('ui.close')} onClick={() => onDismiss(notice.id)}>
            <IconX size={15} />
          </button>
        </article>
      ))}
    </section>
  );
}

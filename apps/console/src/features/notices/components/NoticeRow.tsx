import { IconRoute } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Notice } from '@loket/contracts/notices.js';
import { AgentFace, Face } from '../../../ui/Face.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useNoticeText } from '../useNoticeText.js';
import s from './notices.module.css';

/** Who did it: a colleague, a customer, or nobody but the rules of a team. */
export function NoticeFace({ notice, size = 28 }: { notice: Notice; size?: number }) {
  const { customer } = notice.case;
  if (notice.actor) return <AgentFace agent={notice.actor} size={size} silent />;
  if (notice.kind === 'followed')
    return <Face name={customer.name ?? customer.address ?? '#'} size={size} silent />;
  return (
    <span className={s.rule} style={{ width: size, height: size }} aria-hidden>
      <IconRoute size={size * 0.55} stroke={1.8} />
    </span>
  );
}

/** What the case is about, in one line. */
export function NoticeAbout({ notice }: { notice: Notice }) {
  const { subject, customer } = notice.case;
  return <>{[customer.name ?? customer.address, subject].filter(Boolean).join(' · ')}</>;
}

interface NoticeRowProps {
  notice: Notice;
  onOpen: (notice: Notice) => void;
}

export function NoticeRow({ notice, onOpen }: NoticeRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useNoticeText();
  return (
    <li>
      <Link
        href={`/inbox/all/${notice.case.number}`}
        className={s.row}
        data-unread={!notice.read || undefined}
        onClick={() => onOpen(notice)}
      >
        <NoticeFace notice={notice} />
        <span className={s.text}>
          <span className={s.say}>{say(notice)}</span>
          <span className={`${s.about} cut`}>
            <NoticeAbout notice={notice} />
          </span>
          {notice.reason && (
            <span className={s.reason}>{t('notices.reason', { reason: notice.reason })}</span>
          )}
        </span>
        <span className={s.side}>
          <time dateTime={notice.at} title={format.full(notice.at)}>
            {format.short(notice.at)}
          </time>
          {!notice.read && (
            <span className={s.dot}>
              <span className="sr">{t('notices.new')}</span>
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}

import { Tooltip } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '@loket/contracts/cases.js';
import { useFollow } from '../../../api/cases.js';
import { errorText } from '../../../api/error-text.js';
import { useMe } from '../../../api/session.js';
import { showToast } from '../../../ui/toasts.js';
import s from './case.module.css';
import h from './handover.module.css';

/** Hears of news in a case that is not his; how many do, and by a longer look who. */
export function FollowButton({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation();
  const me = useMe();
  const follow = useFollow();
  const { number, followers } = detail;
  const on = followers.some(({ id }) => id === me.id);
  const toggle = () => {
    follow(detail, me, !on).then(
      () => showToast({ text: t(on ? 'case.follow.didNot' : 'case.follow.did', { number }) }),
      (error: unknown) => showToast({ tone: 'danger', text: errorText(t, error) }),
    );
  };
  const names = followers.map(({ name }) => name).join(', ');
  const act = t(on ? 'case.follow.stop' : 'case.follow.start');
  return (
    <Tooltip label={names ? `${act} · ${t('case.follow.names', { names })}` : act}>
      <button className={`${s.metaBtn} ${h.followers}`} aria-label={act} aria-pressed={on} onClick={toggle}>
        <IconEye size={14} stroke={1.8} aria-hidden />
        {followers.length > 0 && <span className="num">{followers.length}</span>}
        {names && <span className="sr">{t('case.follow.names', { names })}</span>}
      </button>
    </Tooltip>
  );
}

import { CloseButton } from '@mantine/core';
import { IconUserShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '@loket/contracts/cases.js';
import { useMe } from '../../../api/session.js';
import { useTaken, type Taken } from './useTaken.js';
import s from '../components/handover.module.css';

/** Below the header, while one looks: somebody else has the case now, and why. */
export function TakenNotice({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation();
  const me = useMe();
  const { taken, dismiss } = useTaken(detail, me.id);
  return (
    <div role="alert">
      {taken && (
        <div className={s.taken}>
          <IconUserShare size={16} stroke={1.8} aria-hidden />
          <p className="grow">
            <b>
              {detail.assignee
                ? t('case.taken.by', { to: detail.assignee.name })
                : detail.team
                  ? t('case.taken.queue', { team: detail.team.name })
                  : t('case.taken.free')}
            </b>{' '}
            <Why taken={taken} />
          </p>
          <CloseButton size="sm" aria-label={t('ui.close')} onClick={dismiss} />
        </div>
      )}
    </div>
  );
}

function Why({ taken: { event, data } }: { taken: Taken }) {
  const { t } = useTranslation();
  const who = event.actor?.name;
  if (data.reason && who) return t('case.taken.reason', { who, why: data.reason });
  if (data.routing) return t('case.taken.routing', { why: t(`ui.routing.${data.routing}`) });
  return who ? t('case.taken.who', { who }) : null;
}

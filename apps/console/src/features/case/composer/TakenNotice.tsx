import { CloseButton } from '@mantine/core';
import { IconUserShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '@loket/contracts/cases.js';
import { useMe } from '../../../api/session.js';
import { useTaken, type Taken } from './useTaken.js';
import s from '../components/handover.module.css';

interface TakenNoticeProps {
  detail: CaseDetail;
  /** what was written when it was taken has become a note */
  kept: boolean;
  onDismiss: () => void;
}

/** Below the header, while one looks: somebody else has the case now, why, and what became of what one wrote. */
export function TakenNotice({ detail, kept, onDismiss }: TakenNoticeProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { taken, dismiss } = useTaken(detail, me.id);
  const { assignee, team } = detail;
  const byHimself = assignee !== null && taken?.event.actor?.id === assignee.id;
  return (
    <div role="alert">
      {(taken ?? kept) && (
        <div className={s.taken}>
          <IconUserShare size={16} stroke={1.8} aria-hidden />
          <p className="grow">
            <b>
              {assignee
                ? t(byHimself ? 'case.taken.over' : 'case.taken.by', { to: assignee.name })
                : team
                  ? t('case.taken.queue', { team: team.name })
                  : t('case.taken.free')}
            </b>{' '}
            {taken && <Why taken={taken} byHimself={byHimself} />} {kept && t('case.taken.kept')}
          </p>
          <CloseButton
            size="sm"
            aria-label={t('ui.close')}
            onClick={() => {
              dismiss();
              onDismiss();
            }}
          />
        </div>
      )}
    </div>
  );
}

function Why({ taken: { event, data }, byHimself }: { taken: Taken; byHimself: boolean }) {
  const { t } = useTranslation();
  const who = event.actor?.name;
  if (data.reason && who) return t('case.taken.reason', { who, why: data.reason });
  if (data.routing) return t('case.taken.routing', { why: t(`ui.routing.${data.routing}`) });
  return who && !byHimself ? t('case.taken.who', { who }) : null;
}

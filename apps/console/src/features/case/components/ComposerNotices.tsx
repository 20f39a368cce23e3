import { IconAlertTriangle, IconMailForward, IconPlugConnectedX, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentFace } from '../../../ui/Face.js';
import s from './case.module.css';

interface ComposerNoticesProps {
  /** stable code: how far the newest message's sender can be believed */
  caution: string | null;
  /** a colleague who is answering right now */
  rival: { agentId: string; name: string } | null;
  /** somebody wrote since we began; the answer was held back once */
  stale: boolean;
  problem: string | null;
  cannotReply: boolean;
  onDismiss: () => void;
}

/** What one should know before pressing Send. At most one of the urgent kinds at a time. */
export function ComposerNotices({
  caution,
  rival,
  stale,
  problem,
  cannotReply,
  onDismiss,
}: ComposerNoticesProps) {
  const { t } = useTranslation();
  const close = (
    <button className={s.attX} aria-label={t('ui.close')} onClick={onDismiss}>
      <IconX size={14} />
    </button>
  );
  const strip = (icon: ReactNode, text: ReactNode, tone?: 'danger', end?: ReactNode) => (
    <div className={s.clash} data-tone={tone}>
      {icon}
      <span className="grow">{text}</span>
      {end}
    </div>
  );
  return (
    <>
      <div role="alert">
        {problem
          ? strip(
              <IconAlertTriangle size={16} stroke={1.8} />,
              t('case.notice.failed', { problem }),
              'danger',
              close,
            )
          : stale
            ? strip(<IconMailForward size={16} stroke={1.8} />, t('case.notice.stale'), undefined, close)
            : rival
              ? strip(
                  <AgentFace agent={{ id: rival.agentId, name: rival.name }} size={20} silent />,
                  t('case.notice.rival', { name: rival.name }),
                )
              : null}
      </div>
      {cannotReply && strip(<IconPlugConnectedX size={16} stroke={1.8} />, t('case.notice.cannotReply'))}
      {caution &&
        strip(
          <IconAlertTriangle size={16} stroke={1.8} />,
          t(`case.caution.${caution}`, { defaultValue: t('case.caution.other') }),
        )}
    </>
  );
}

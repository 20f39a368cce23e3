import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconForms,
  IconMailForward,
  IconPlugConnectedX,
  IconX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentFace } from '../../../ui/Face.js';
import { useFormat } from '../../../ui/useFormat.js';
import type { News } from './news.js';
import s from '../components/case.module.css';
import m from './composer.module.css';

interface ComposerNoticesProps {
  /** stable code: how far the newest message's sender can be believed */
  caution: string | null;
  /** a colleague who is answering right now */
  rival: { agentId: string; name: string } | null;
  /** what others did since we began, the gravest first */
  news: readonly News[];
  /** the answer was held back once for it */
  stale: boolean;
  /** blanks that nobody has filled; the answer was held back once for them */
  blanks: readonly string[];
  problem: string | null;
  cannotReply: boolean;
  onLook: () => void;
  onSendAnyway: () => void;
  onFill: () => void;
  onDismiss: () => void;
}

/** What one should know before pressing Send. At most one of the urgent kinds at a time. */
export function ComposerNotices(props: ComposerNoticesProps) {
  const { caution, rival, news, stale, blanks, problem, cannotReply } = props;
  const { t } = useTranslation();
  const close = (
    <button className={s.attX} aria-label={t('ui.close')} onClick={props.onDismiss}>
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
  const button = (text: string, run: () => void) => (
    <Button size="xs" variant="default" className={m.noticeButton ?? ''} onClick={run}>
      {text}
    </Button>
  );
  const newsText = useNewsText(news);
  const urgent = () => {
    if (problem) {
      const text = t('case.notice.failed', { problem });
      return strip(<IconAlertTriangle size={16} stroke={1.8} />, text, 'danger', close);
    }
    if (blanks.length > 0) {
      const text = t('case.notice.blanks', { count: blanks.length, blanks: blanks.join(', ') });
      const ways = (
        <>
          {button(t('case.notice.fill'), props.onFill)}
          {button(t('case.notice.sendAnyway'), props.onSendAnyway)}
          {close}
        </>
      );
      return strip(<IconForms size={16} stroke={1.8} />, text, undefined, ways);
    }
    if (stale || news.length > 0) {
      const ways = (
        <>
          {news.length > 0 && button(t('case.notice.look'), props.onLook)}
          {stale && button(t('case.notice.sendAnyway'), props.onSendAnyway)}
          {close}
        </>
      );
      const text = newsText ?? t('case.notice.stale');
      return strip(<IconMailForward size={16} stroke={1.8} />, text, undefined, ways);
    }
    if (!rival) return null;
    const face = <AgentFace agent={{ id: rival.agentId, name: rival.name }} size={20} silent />;
    return strip(face, t('case.notice.rival', { name: rival.name }));
  };
  return (
    <>
      <div role="alert">{urgent()}</div>
      {cannotReply && strip(<IconPlugConnectedX size={16} stroke={1.8} />, t('case.notice.cannotReply'))}
      {caution &&
        strip(
          <IconAlertTriangle size={16} stroke={1.8} />,
          t(`case.caution.${caution}`, { defaultValue: t('case.caution.other') }),
        )}
    </>
  );
}

/** @returns null when nothing is known of it, though the server said so */
function useNewsText([first, ...others]: readonly News[]): string | null {
  const { t } = useTranslation();
  const format = useFormat();
  if (!first) return null;
  const name = first.name ?? t('case.us');
  const told = t(`case.notice.news.${first.kind}`, { name, time: format.time(first.at) });
  return others.length === 0 ? told : `${told} ${t('case.notice.news.more', { count: others.length })}`;
}

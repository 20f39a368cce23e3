import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/session.js';
import { useAgentWork } from '../../api/teams.js';
import { PresentFace } from '../../ui/PresentFace.js';
import { useFormat } from '../../ui/useFormat.js';
import s from './presence.module.css';

const room = 5;

/** Colleagues who are there now, whoever takes cases before whoever is on break. Not oneself: one knows. */
export function OnDuty() {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const there = (useAgentWork().data ?? [])
    .filter(({ agent, availability }) => agent.id !== me.id && availability !== 'offline')
    .toSorted((a, b) => Number(a.availability === 'away') - Number(b.availability === 'away'));
  if (there.length === 0) return null;
  const rest = there.length - room;
  return (
    <section
      className={s.duty}
      aria-label={t('presence.duty')}
      title={`${t('presence.duty')}: ${format.number(there.length)}`}
    >
      <div className={s.dutyHead}>
        <span>{t('presence.duty')}</span>
        <span className="num">{format.number(there.length)}</span>
      </div>
      <div className={s.faces}>
        {there.slice(0, room).map(({ agent, availability }) => (
          <Tooltip key={agent.id} label={`${agent.name} · ${t(`ui.availability.${availability}`)}`}>
            <span className={s.face}>
              <PresentFace agent={agent} availability={availability} size={24} silent />
              <span className="sr">{`${agent.name}, ${t(`ui.availability.${availability}`)}`}</span>
            </span>
          </Tooltip>
        ))}
        {rest > 0 && <span title={t('presence.more', { count: rest })}>+{format.number(rest)}</span>}
      </div>
    </section>
  );
}

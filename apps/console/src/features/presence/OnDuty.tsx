import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/session.js';
import { useAgentWork } from '../../api/teams.js';
import { AgentFace } from '../../ui/Face.js';
import { useFormat } from '../../ui/useFormat.js';
import { AvailabilityDot } from './AvailabilityDot.js';
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
    <section className={s.duty} aria-label={t('presence.duty')}>
      <div className={s.dutyHead}>
        <span>{t('presence.duty')}</span>
        <span className="num">{format.number(there.length)}</span>
      </div>
      <div className={s.faces}>
        {there.slice(0, room).map(({ agent, availability }) => (
          <Tooltip key={agent.id} label={`${agent.name} · ${t(`presence.is.${availability}`)}`}>
            <span className={s.face}>
              <AgentFace agent={agent} size={24} silent />
              <AvailabilityDot availability={availability} />
              <span className="sr">{`${agent.name}, ${t(`presence.is.${availability}`)}`}</span>
            </span>
          </Tooltip>
        ))}
        {rest > 0 && <span title={t('presence.more', { count: rest })}>+{format.number(rest)}</span>}
      </div>
    </section>
  );
}

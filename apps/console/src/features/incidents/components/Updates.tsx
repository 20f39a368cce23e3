import { IconMessageShare } from '@tabler/icons-react';
import { Fragment, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentDetail, IncidentUpdate } from '@loket/contracts/incidents.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { AgentFace } from '../../../ui/Face.js';
import { Linked } from '../../../ui/Linked.js';
import { useFormat } from '../../../ui/useFormat.js';
import { countOutcomes } from '../delivery-words.js';
import { Deliveries } from './Deliveries.js';
import s from './incidents.module.css';

/** What the customers were told, oldest first, and what became of it at each of them. */
export function Updates({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const foot = useRef<HTMLLIElement>(null);
  const newest = incident.updates[0]?.id;
  useEffect(() => foot.current?.scrollIntoView({ block: 'nearest' }), [newest]);
  if (incident.updates.length === 0) {
    return (
      <EmptyState icon={<IconMessageShare size={26} stroke={1.5} />} title={t('incidents.untold')}>
        {t('incidents.untoldWhy')}
      </EmptyState>
    );
  }
  return (
    <ol className={s.updates} aria-label={t('incidents.updates')}>
      {incident.updates.toReversed().map((update) => (
        <Update key={update.id} update={update} />
      ))}
      <li ref={foot} aria-hidden />
    </ol>
  );
}

/** The place of the name as one sees it: every customer read his own there. */
function WithName({ text }: { text: string }) {
  const { t } = useTranslation();
  return text.split(/\{\{\s*(?:name|nama)\s*\}\}/i).map((part, n) => (
    <Fragment key={n}>
      {n > 0 && <span className={s.token}>{t('incidents.insertName')}</span>}
      <Linked text={part} />
    </Fragment>
  ));
}

function Update({ update }: { update: IncidentUpdate }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sent, waiting, bad } = countOutcomes(update.deliveries);
  const figures = [
    sent > 0 && t('incidents.sentTo', { count: sent, n: format.number(sent) }),
    waiting > 0 && t('incidents.waitingFor', { count: waiting, n: format.number(waiting) }),
  ].filter(Boolean);
  return (
    <li className={s.update}>
      <div className={s.by}>
        <AgentFace agent={update.agent} size={22} silent />
        <b>{update.agent.name}</b>
        <time className="num" dateTime={update.at} title={format.full(update.at)}>
          {format.short(update.at)}
        </time>
      </div>
      <div className={s.said}>
        <WithName text={update.text} />
      </div>
      <details className={s.became}>
        <summary>
          <span>{figures.join(' · ')}</span>
          {bad > 0 && (
            <span className={s.bad}>{t('incidents.notTo', { count: bad, n: format.number(bad) })}</span>
          )}
        </summary>
        <Deliveries deliveries={update.deliveries} />
      </details>
    </li>
  );
}

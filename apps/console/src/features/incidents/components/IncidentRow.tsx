import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Incident } from '@loket/contracts/incidents.js';
import { useFormat } from '../../../ui/useFormat.js';
import s from './incidents.module.css';

/** Number, title, and how much of it is still open. */
export function IncidentRow({ incident, selected }: { incident: Incident; selected: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { number, title, status, caseCount, openCaseCount, createdAt, resolvedAt } = incident;
  const at = resolvedAt ?? createdAt;
  return (
    <li>
      <Link className={s.row} href={`/incidents/${incident.id}`} aria-current={selected ? 'true' : undefined}>
        <span className={s.no}>INC-{number}</span>
        <time className="num" dateTime={at} title={format.full(at)}>
          {format.short(at)}
        </time>
        <b className={s.rowTitle}>{title}</b>
        <span className={s.below}>
          {t('incidents.cases', { count: caseCount, n: format.number(caseCount) })}
          {caseCount > 0 && status === 'open' && (
            <span data-hot={openCaseCount > 0 || undefined}>
              {openCaseCount > 0
                ? t('incidents.openCases', { n: format.number(openCaseCount) })
                : t('incidents.allDone')}
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}

import {
  IconAlertOctagon,
  IconArrowsSplit2,
  IconGitMerge,
  IconLink,
  IconLinkOff,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation, OperationKind } from '@loket/contracts/operations.js';
import { evidenceText } from '../../../ui/evidence-text.js';
import { useFormat } from '../../../ui/useFormat.js';
import { movedText, operationText } from '../operation-text.js';
import s from './operations.module.css';

const icons: Record<OperationKind, typeof IconLink> = {
  merge_cases: IconGitMerge,
  split_case: IconArrowsSplit2,
  merge_customers: IconUsersGroup,
  link_identity: IconLink,
  unlink_identity: IconLinkOff,
  link_incident: IconAlertOctagon,
  unlink_incident: IconAlertOctagon,
};

/** What was done, by whom and when, why, what moved, and whether it was undone. */
export function OperationLine({ operation, action }: { operation: Operation; action?: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = icons[operation.kind];
  const moved = movedText(t, format, operation.moved);
  const { undone } = operation;
  return (
    <li className={s.op} data-undone={undone ? true : undefined}>
      <Icon size={16} stroke={1.8} aria-hidden />
      <div style={{ minWidth: 0 }}>
        <b>{operationText(t, format, operation)}</b>
        <small>
          {operation.actor?.name ?? t('operations.byItself')} ·{' '}
          <time dateTime={operation.at}>{format.full(operation.at)}</time>
          {moved && ` · ${moved}`}
        </small>
        {operation.reason && (
          <small>
            <q>{operation.reason}</q>
          </small>
        )}
        {operation.evidence.length > 0 && (
          <ul>
            {operation.evidence.slice(0, 4).map((evidence, index) => (
              <li key={index}>{evidenceText(t, format, evidence)}</li>
            ))}
          </ul>
        )}
        {undone && (
          <small>
            {t('operations.undoneBy', {
              who: undone.actor?.name ?? t('operations.byItself'),
              at: format.full(undone.at),
            })}
          </small>
        )}
      </div>
      {!undone && action}
    </li>
  );
}

import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { MergePreview } from '@loket/contracts/operations.js';
import { ChannelMarks } from '../../../ui/ChannelMark.js';
import { useFormat } from '../../../ui/useFormat.js';
import { movedText } from '../operation-text.js';
import s from './operations.module.css';

type Fields = Pick<CaseSummary, 'subject' | 'status' | 'priority' | 'assignee' | 'tags'>;

/** The case as it will be, field by field; where a case has it otherwise now, that stands below. */
export function MergeResult({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { from, into, result } = preview;
  const shown: Record<keyof Fields, (one: Fields) => string> = {
    subject: (one) => one.subject || t('operations.noSubject'),
    status: (one) => t(`operations.status.${one.status}`),
    assignee: (one) => one.assignee?.name ?? t('operations.unassigned'),
    priority: (one) => t(`operations.priority.${one.priority}`),
    tags: (one) => one.tags.join(', ') || t('operations.noTags'),
  };
  const moved = movedText(t, format, preview.moved);
  return (
    <section className={s.res} aria-label={t('operations.result')}>
      <div className={s.resHead}>
        <b className="cut">{shown.subject(result)}</b>
        <div>
          <span className="num">#{into.number}</span>
          <ChannelMarks kinds={result.channelKinds} size={13} />
          <span className="grow" />
          <span className="num">
            {t('operations.moved.messages', {
              count: result.messageCount,
              n: format.number(result.messageCount),
            })}
          </span>
        </div>
      </div>
      <dl className={s.rows}>
        {(Object.keys(shown) as (keyof Fields)[]).map((field) => {
          const value = shown[field](result);
          const others = [from, into].filter((one) => shown[field](one) !== value);
          if (field === 'subject' && others.length === 0) return null;
          return (
            <Row key={field} label={t(`operations.field.${field}`)} value={value}>
              {others.map((one) => `#${one.number}: ${shown[field](one)}`).join(' · ')}
            </Row>
          );
        })}
      </dl>
      {moved && <p className={s.moved}>{t('operations.merge.moves', { number: from.number, moved })}</p>}
    </section>
  );
}

function Row({ label, value, children }: { label: string; value: string; children: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {value}
        {children && <small>{children}</small>}
      </dd>
    </>
  );
}

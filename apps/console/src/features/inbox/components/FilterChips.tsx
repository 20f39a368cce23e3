import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseListParams } from '../../../api/keys.js';
import { useSavedViews } from '../../../api/saved-views.js';
import { openDialog } from '../../../ui/dialogs.js';
import { filterNames, without } from '../list-params.js';
import { useFilterWords } from '../useFilterWords.js';
import s from './inbox.module.css';

interface FilterChipsProps {
  params: CaseListParams;
  onParams: (params: CaseListParams) => void;
  saved: string | undefined;
}

/** What the list is narrowed by, each to be taken away; all of it can be kept as a view. */
export function FilterChips({ params, onParams, saved }: FilterChipsProps) {
  const { t } = useTranslation();
  const words = useFilterWords(params);
  const view = useSavedViews().data?.find(({ id }) => id === saved);
  if (words.length === 0) return null;
  const save = () => {
    const { customer: _, ...filter } = params;
    openDialog({ kind: 'save-view', filter, ...(view && { view }) });
  };
  return (
    <div className={s.chips} role="group" aria-label={t('inbox.filter.label')}>
      {words.map(({ name, label, value }) => (
        <span key={name} className={s.chip} title={`${label}: ${value}`}>
          <span className="sr">{label}: </span>
          <span className="cut">{value}</span>
          <button
            aria-label={t('inbox.filter.remove', { name: label, value })}
            onClick={() => onParams(without(params, name))}
          >
            <IconX size={12} stroke={2} />
          </button>
        </span>
      ))}
      <button className={s.chipAct} onClick={save}>
        {t('inbox.filter.save')}
      </button>
      {words.length > 1 && (
        <button className={s.chipAct} onClick={() => onParams(without(params, ...filterNames))}>
          {t('inbox.filter.clear')}
        </button>
      )}
    </div>
  );
}

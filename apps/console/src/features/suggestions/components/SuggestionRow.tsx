import { IconAlertOctagon, IconGitMerge, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Suggestion, SuggestionKind } from '@loket/contracts/suggestions.js';
import { evidenceText, likeness } from '../../../ui/evidence-text.js';
import { useFormat } from '../../../ui/useFormat.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import s from './suggestions.module.css';

const icons: Record<SuggestionKind, typeof IconGitMerge> = {
  case: IconGitMerge,
  customer: IconUsersGroup,
  incident: IconAlertOctagon,
};

interface SuggestionRowProps {
  suggestion: Suggestion;
  selected: boolean;
  onSelect: () => void;
}

export const suggestionRowId = (id: string) => `suggestion-${id}`;

/** What might be one, how sure, and the strongest reason. */
export function SuggestionRow({ suggestion, selected, onSelect }: SuggestionRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const Icon = icons[suggestion.kind];
  const { kind, cases, customers, incident, evidence } = suggestion;
  const [title, below] =
    kind === 'customer'
      ? [customers.map(nameOf).join(' · '), t('suggestions.samePerson')]
      : kind === 'incident'
        ? [
            incident?.title ?? cases[0]?.subject ?? '',
            t('suggestions.oneCause', { count: cases.length, n: format.number(cases.length) }),
          ]
        : [
            cases.at(-1)?.subject ?? '',
            `${cases.map((one) => `#${one.number}`).join(' · ')} · ${[...new Set(cases.map((one) => nameOf(one.customer)))].join(', ')}`,
          ];
  const first = evidence[0];
  return (
    <div
      id={suggestionRowId(suggestion.id)}
      role="option"
      aria-selected={selected}
      className={s.row}
      onClick={onSelect}
    >
      <Icon size={16} stroke={1.8} aria-hidden />
      <b className="cut">{title || t('suggestions.noSubject')}</b>
      <span className={s.score}>{format.percent(likeness(suggestion.score))}</span>
      <span className={`${s.below} cut`}>{below}</span>
      <span className={`${s.because} cut`}>{first ? evidenceText(t, format, first) : ''}</span>
    </div>
  );
}

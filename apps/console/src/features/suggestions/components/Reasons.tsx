import { useTranslation } from 'react-i18next';
import type { Suggestion } from '@loket/contracts/suggestions.js';
import { evidenceText, likeness, scoreText } from '../../../ui/evidence-text.js';
import { useFormat } from '../../../ui/useFormat.js';
import s from './suggestions.module.css';

/** How sure, and why, in sentences. */
export function Reasons({ suggestion, most = 8 }: { suggestion: Suggestion; most?: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className={s.reasons} aria-label={t('suggestions.reasons')}>
      {suggestion.evidence.slice(0, most).map((evidence, index) => (
        <li key={index}>{evidenceText(t, format, evidence)}</li>
      ))}
    </ul>
  );
}

export function Sure({ score }: { score: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return <span className={s.sure}>{scoreText(t, format, likeness(score))}</span>;
}

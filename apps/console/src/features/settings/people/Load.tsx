import { useTranslation } from 'react-i18next';
import { LoadBar } from '../../../ui/LoadBar.js';
import w from './work.module.css';

/** How much of what somebody can carry he carries. */
export function Load({ load, total }: { load: number; total: number }) {
  const { t } = useTranslation();
  const words = t('settings.people.load', { load, total });
  return (
    <span className={w.load} title={words}>
      <LoadBar label={words} load={load} limit={total} />
      <span aria-hidden>
        {load}/{total}
      </span>
    </span>
  );
}

import { useTranslation } from 'react-i18next';
import w from './work.module.css';

/** How much of what somebody can carry he carries. */
export function Load({ load, total }: { load: number; total: number }) {
  const { t } = useTranslation();
  const share = total === 0 ? (load > 0 ? 1 : 0) : Math.min(1, load / total);
  const words = t('settings.people.load', { load, total });
  return (
    <span className={w.load} title={words}>
      <span className={w.track} aria-hidden>
        <i style={{ width: `${String(Math.round(share * 100))}%` }} />
      </span>
      <span aria-hidden>
        {load}/{total}
      </span>
      <span className="sr">{words}</span>
    </span>
  );
}

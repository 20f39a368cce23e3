import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dismissToast, undoLatest, useToasts } from './toasts.js';
import s from './ui.module.css';

/** The region exists from the start, so that screen readers announce what appears in it. */
export function Toasts() {
  const { t } = useTranslation();
  const toasts = useToasts();
  return (
    <div className={s.toasts} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={s.toast} data-tone={toast.tone}>
          <span>{toast.text}</span>
          {toast.undo ? (
            <button onClick={() => undoLatest()} aria-keyshortcuts="z">
              {t('ui.undo')} <span aria-hidden>Z</span>
            </button>
          ) : (
            <button className={s.toastX} aria-label={t('ui.close')} onClick={() => dismissToast(toast.id)}>
              <IconX size={14} />
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { errorText } from '../../../api/error-text.js';
import { Conflict } from './Conflict.js';
import { useUnsaved } from './useUnsaved.js';
import s from './settings.module.css';

/** What a form of the settings has around its fields: saving, unsaved changes, somebody else who was quicker. */
export function SettingsForm({
  dirty,
  isNew = false,
  saving,
  error,
  theirs = false,
  onTake,
  onSave,
  saveLabel,
  actions,
  children,
}: {
  dirty: boolean;
  isNew?: boolean;
  saving: boolean;
  /** why saving failed, unless the fields say it */
  error: unknown;
  /** somebody else changed it meanwhile */
  theirs?: boolean;
  /** the reader gives his changes up for those of somebody else */
  onTake?: () => void;
  /**
   * @param over true: over what somebody else saved
   * @param release call it before leaving the page on purpose
   */
  onSave: (over: boolean, release: () => void) => void;
  saveLabel?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const unsaved = useUnsaved(dirty);
  const save = (over: boolean) => {
    if (!saving) onSave(over, unsaved.release);
  };
  return (
    <form
      className={s.panel}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(false);
      }}
    >
      <div className={s.form}>{children}</div>
      <div className={s.bar}>
        {theirs && onTake && (
          <Conflict what={t('settings.conflict.matching')} onTake={onTake} onKeep={() => save(true)} />
        )}
        {error !== null && error !== undefined && !theirs && (
          <p className={s.note} data-tone="danger" role="alert">
            {errorText(t, error)}
          </p>
        )}
        {actions}
        <span className={`grow ${s.dim}`}>{dirty && !isNew && t('settings.unsaved.mark')}</span>
        <Button type="submit" loading={saving} disabled={!isNew && !dirty}>
          {saveLabel ?? t('ui.save')}
        </Button>
      </div>
      {unsaved.question}
    </form>
  );
}

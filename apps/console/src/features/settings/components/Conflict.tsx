import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import s from './settings.module.css';

/** Somebody else saved first: his settings, or ours over them. */
export function Conflict({
  what,
  onTake,
  onKeep,
}: {
  /** the sentence, when it is not about a channel */
  what?: string;
  onTake: () => void;
  onKeep: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={s.note} role="alert">
      {what ?? t('settings.conflict.text')}
      <div className={s.noteActs}>
        <Button size="xs" variant="default" onClick={onTake}>
          {t('settings.conflict.take')}
        </Button>
        <Button size="xs" variant="default" onClick={onKeep}>
          {t('settings.conflict.keep')}
        </Button>
      </div>
    </div>
  );
}

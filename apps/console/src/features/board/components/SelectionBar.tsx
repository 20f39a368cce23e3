import { Button, CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BoardActions } from '../useBoardCommands.js';
import s from './board.module.css';
import { StatusMenu } from './StatusMenu.js';

/** What can be done with all that is selected. */
export function SelectionBar({
  ids,
  act,
  onClear,
}: {
  ids: readonly string[];
  act: BoardActions;
  onClear: () => void;
}) {
  const { t } = useTranslation();
  if (ids.length === 0) return null;
  return (
    <div className={s.selection} role="toolbar" aria-label={t('board.selection')}>
      <span className="num">{t('board.selected', { count: ids.length })}</span>
      <Button size="xs" onClick={() => act.pick(ids)}>
        {t('board.act.move')}
      </Button>
      <Button size="xs" variant="default" onClick={() => act.takeOver(ids)}>
        {t('board.act.takeOver')}
      </Button>
      <StatusMenu status={null} onPick={(status) => act.force(ids, status)} />
      <CloseButton size="sm" aria-label={t('board.clear')} onClick={onClear} />
    </div>
  );
}

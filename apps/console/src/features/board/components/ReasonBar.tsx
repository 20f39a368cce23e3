import { CloseButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../../ui/commands.js';
import { destination, type Batch, type Moves } from '../useMoves.js';
import s from './board.module.css';

export const quickReasons = ['balance', 'skill', 'shift', 'waiting'] as const;
/** It asks no longer than this, but waits for somebody who writes. The styles have the same. */
const askMs = 10_000;

/** Asks why, while the cases are already where they were put. Nobody has to answer. */
export function ReasonBar({ batch, moves }: { batch: Batch; moves: Moves }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [held, setHeld] = useState(false);
  const { answer, undo } = moves;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => answer(), askMs);
    return () => clearTimeout(timer);
  }, [held, answer]);
  useCommands([{ id: 'board-undo', label: '', keys: 'z', run: undo }]);
  const to = destination(t, batch.moves);
  const count = batch.moves.length;
  return (
    <div
      className={s.reason}
      role="group"
      aria-label={t('board.reason.label')}
      onFocus={() => setHeld(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setHeld(false)}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={(event) => !event.currentTarget.contains(document.activeElement) && setHeld(false)}
    >
      <div className={s.reasonHead}>
        <span role="status" className="grow">
          {to === null ? t('board.reason.spread', { count }) : t('board.reason.moved', { count, to })}
        </span>
        <button className={s.reasonUndo} onClick={undo} aria-keyshortcuts="z">
          {t('ui.undo')} <span aria-hidden>Z</span>
        </button>
        <CloseButton size="sm" aria-label={t('board.reason.none')} onClick={() => answer()} />
      </div>
      <div className={s.quick}>
        {quickReasons.map((name) => (
          <button key={name} onClick={() => answer(t(`board.reason.quick.${name}`))}>
            {t(`board.reason.quick.${name}`)}
          </button>
        ))}
        <form
          className="grow"
          onSubmit={(event) => {
            event.preventDefault();
            answer(text.trim() || undefined);
          }}
        >
          <input
            aria-label={t('board.reason.other')}
            placeholder={t('board.reason.other')}
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </form>
      </div>
      <span className={s.reasonTime} data-held={held || undefined} aria-hidden />
    </div>
  );
}

import { useDroppable } from '@dnd-kit/core';
import { useTranslation } from 'react-i18next';
import type { BoardQueue } from '@loket/contracts/board.js';
import type { AssignTarget } from '../../../ui/assign-rows.js';
import { useFormat } from '../../../ui/useFormat.js';
import { waitTone } from '../board-model.js';
import s from './board.module.css';
import { Spark } from './Spark.js';

interface QueuesProps {
  queues: readonly BoardQueue[];
  /** id of the team that the board is narrowed to */
  team: string | null;
  onTeam: (team: string | null) => void;
  now: Date;
}

/** Every team's queue in figures. A click narrows the board to it; a case that is dropped on it waits there. */
export function Queues({ queues, team, onTeam, now }: QueuesProps) {
  const { t } = useTranslation();
  return (
    <div className={s.queues} role="group" aria-label={t('board.queues')}>
      {queues.map((queue) => (
        <Queue
          key={queue.team?.id ?? 'none'}
          queue={queue}
          now={now}
          on={team !== null && queue.team?.id === team}
          onPick={() => onTeam(queue.team?.id === team ? null : (queue.team?.id ?? null))}
        />
      ))}
    </div>
  );
}

function Queue({
  queue,
  now,
  on,
  onPick,
}: {
  queue: BoardQueue;
  now: Date;
  on: boolean;
  onPick: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { team, waiting, oldest, arrived, arrivals, online } = queue;
  const target: AssignTarget | undefined = team ? { kind: 'team', ...team } : undefined;
  const { setNodeRef, isOver } = useDroppable({
    id: `team:${team?.id ?? 'none'}`,
    disabled: !target,
    ...(target && { data: target }),
  });
  const tone = waitTone(oldest, now);
  return (
    <button
      ref={setNodeRef}
      className={s.q}
      data-over={isOver || undefined}
      aria-pressed={on}
      onClick={onPick}
    >
      <span className={`${s.qName} cut`}>{team?.name ?? t('board.noTeam')}</span>
      <span className={s.big}>
        {format.number(waiting)}
        <small data-s={tone}>
          {oldest === null
            ? t('board.noneWaiting')
            : t('board.longest', { span: format.span(now.getTime() - Date.parse(oldest)) })}
        </small>
      </span>
      <span className={s.spark}>
        <Spark data={arrivals} late={tone === 'late'} />
      </span>
      <span className={s.arr}>
        {t('board.online', { count: online })}
        <span>{t('board.arrived', { count: arrived })}</span>
      </span>
    </button>
  );
}

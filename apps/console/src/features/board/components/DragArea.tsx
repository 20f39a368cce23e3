import {
  DndContext,
  DragOverlay,
  MeasuringStrategy,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
  type Announcements,
  type DragEndEvent,
} from '@dnd-kit/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board } from '@loket/contracts/board.js';
import type { AssignTarget } from '../../../ui/assign-rows.js';
import { findCard } from '../board-model.js';
import { CardFace } from './CaseCard.js';
import s from './board.module.css';

interface DragAreaProps {
  board: Board;
  selected: ReadonlySet<string>;
  now: Date;
  /** what is in the air; none again when it is let go */
  onDrag: (caseIds: readonly string[]) => void;
  onDrop: (caseIds: readonly string[], to: AssignTarget) => void;
  children: ReactNode;
}

/** A card is dragged by mouse, or by finger after a moment; a selection goes along. By keyboard it is Enter on the card. */
export function DragArea({ board, selected, now, onDrag, onDrop, children }: DragAreaProps) {
  const { t } = useTranslation();
  const [active, setActive] = useState<string | null>(null);
  const sensors = useSensors(
    // a click is none, and a finger that moves at once scrolls
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
  );
  const held = (id: string) => (selected.has(id) ? [...selected] : [id]);
  const nameOf = (id: string | number) => `#${findCard(board, String(id))?.card.number ?? ''}`;
  const to = (target: AssignTarget | undefined) =>
    target === undefined || target.kind === 'nobody' ? t('board.queue') : target.name;
  const announcements: Announcements = {
    onDragStart: ({ active: one }) => t('board.drag.start', { number: nameOf(one.id) }),
    onDragOver: ({ over }) =>
      over ? t('board.drag.over', { to: to(over.data.current as AssignTarget | undefined) }) : undefined,
    onDragEnd: ({ over }) => t(over ? 'board.drag.end' : 'board.drag.cancel'),
    onDragCancel: () => t('board.drag.cancel'),
  };
  const finish = () => {
    setActive(null);
    onDrag([]);
  };
  const onDragEnd = ({ active: one, over }: DragEndEvent) => {
    finish();
    const target = over?.data.current as AssignTarget | undefined;
    if (target) onDrop(held(String(one.id)), target);
  };
  const place = active === null ? null : findCard(board, active);
  const count = active === null ? 0 : held(active).length;
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      measuring={{ droppable: { strategy: MeasuringStrategy.Always } }}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('board.drag.how') } }}
      onDragStart={({ active: one }) => {
        setActive(String(one.id));
        onDrag(held(String(one.id)));
      }}
      onDragCancel={finish}
      onDragEnd={onDragEnd}
    >
      {children}
      <DragOverlay dropAnimation={null}>
        {place && (
          <div className={s.card} data-ghost data-many={count > 1 || undefined}>
            <CardFace card={place.card} now={now} />
            {count > 1 && <span className={s.count}>{count}</span>}
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

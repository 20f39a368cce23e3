import { useDraggable } from '@dnd-kit/core';
import { IconCheck } from '@tabler/icons-react';
import { memo, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { ChannelMark } from '../../../ui/ChannelMark.js';
import { useFormat } from '../../../ui/useFormat.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import { waitTone } from '../board-model.js';
import { useBoardHand } from '../hand.js';
import s from './board.module.css';
import { Present } from './Present.js';

/** What a card shows, wherever it lies. */
export function CardFace({ card, now, team = false }: { card: CaseSummary; now: Date; team?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const since = card.waitingSince;
  const kind = card.channelKinds.at(-1);
  return (
    <>
      <b className="cut">
        <span className="sr">#{card.number} </span>
        {nameOf(card.customer)}
      </b>
      <p>{card.subject || t('board.noSubject')}</p>
      <span className={s.cardFoot} data-s={waitTone(since, now)}>
        {kind && <ChannelMark kind={kind} size={12} />}
        <span className="cut grow">
          {since === null ? t('board.atCustomer') : format.span(now.getTime() - Date.parse(since))}
          {team && card.team && ` · ${card.team.name}`}
        </span>
        <Present caseId={card.id} />
      </span>
    </>
  );
}

interface CaseCardProps {
  card: CaseSummary;
  now: Date;
  /** name the team too: it lies among cases of several */
  team?: boolean;
}

/** A case that can be taken up by mouse, finger or key. */
export const CaseCard = memo(function CaseCard({ card, now, team = false }: CaseCardProps) {
  const hand = useBoardHand();
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({ id: card.id });
  const selected = hand.selected.has(card.id);
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) hand.toggle(card.id);
    else hand.look(card.id);
  };
  return (
    <div
      ref={setNodeRef}
      {...listeners}
      role="button"
      aria-pressed={selected}
      aria-describedby={attributes['aria-describedby']}
      tabIndex={hand.current === card.id ? 0 : -1}
      data-card={card.id}
      data-late={waitTone(card.waitingSince, now) === 'late' || undefined}
      data-wait={card.waitingSince === null || undefined}
      data-move={isDragging || hand.moving.has(card.id) || undefined}
      data-selected={selected || undefined}
      className={s.card}
      onClick={onClick}
      onFocus={() => hand.focus(card.id)}
    >
      <CardFace card={card} now={now} team={team} />
      {selected && (
        <span className={s.tick}>
          <IconCheck size={11} stroke={3} aria-hidden />
        </span>
      )}
    </div>
  );
});

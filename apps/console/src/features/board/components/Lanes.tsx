import { useDroppable } from '@dnd-kit/core';
import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconClock } from '@tabler/icons-react';
import { memo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { LoadBar } from '../../../ui/LoadBar.js';
import { PresentFace } from '../../../ui/PresentFace.js';
import { useFormat } from '../../../ui/useFormat.js';
import type { AssignTarget } from '../../../ui/assign-rows.js';
import { waitTone, type BoardAgent } from '../board-model.js';
import { useBoardHand } from '../hand.js';
import { CaseCard } from './CaseCard.js';
import s from './board.module.css';

const laneHeight = 99;
const slot = { width: 118, gap: 6 };

interface LanesProps {
  agents: readonly BoardAgent[];
  waiting: readonly CaseSummary[];
  /** waiting cases that are not among the cards */
  waitingMore: number;
  now: Date;
  /** several teams lie together: cards name theirs */
  teams: boolean;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  empty: ReactNode;
}

/** Who has what: the waiting first, then a lane for everybody. Hundreds of people are only drawn as far as they are seen. */
export function Lanes({ agents, waiting, waitingMore, now, teams, onKeyDown, empty }: LanesProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize();
  const columns = Math.max(2, Math.floor((width - 228 + slot.gap) / (slot.width + slot.gap)));
  const virtual = useVirtualizer({
    count: agents.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => laneHeight,
    overscan: 5,
    scrollMargin: 0,
    getItemKey: (index) => agents[index]?.agent.id ?? index,
  });
  return (
    <div ref={scroller} className={s.main} onKeyDown={onKeyDown}>
      <div ref={ref}>
        <WaitingLane cards={waiting} more={waitingMore} columns={columns} now={now} teams={teams} />
        {agents.length === 0 && empty}
        <div
          role="list"
          aria-label={t('board.lanes')}
          style={{ height: virtual.getTotalSize(), position: 'relative' }}
        >
          {virtual.getVirtualItems().map((item) => {
            const agent = agents[item.index];
            return (
              agent && (
                <div
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  role="listitem"
                  aria-setsize={agents.length}
                  aria-posinset={item.index + 1}
                  className={s.laneBox}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <AgentLane agent={agent} columns={columns} now={now} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

function WaitingLane({
  cards,
  more,
  columns,
  now,
  teams,
}: {
  cards: readonly CaseSummary[];
  more: number;
  columns: number;
  now: Date;
  teams: boolean;
}) {
  const { t } = useTranslation();
  const target: AssignTarget = { kind: 'nobody' };
  const { setNodeRef, isOver } = useDroppable({ id: 'nobody', data: target });
  return (
    <section
      ref={setNodeRef}
      className={s.lane}
      data-lane
      data-queue
      data-over={isOver || undefined}
      aria-label={t('board.waiting')}
    >
      <div className={s.who}>
        <div>
          <b>{t('board.waiting')}</b>
          <small>{t('board.oldestFirst')}</small>
        </div>
      </div>
      <Cards cards={cards} hidden={more} columns={columns} now={now} teams={teams} free={0} over={false} />
    </section>
  );
}

const AgentLane = memo(function AgentLane({
  agent: one,
  columns,
  now,
}: {
  agent: BoardAgent;
  columns: number;
  now: Date;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const hand = useBoardHand();
  const { agent, availability, load, limits, cases } = one;
  const target: AssignTarget = { kind: 'agent', ...agent };
  const { setNodeRef, isOver } = useDroppable({ id: `agent:${agent.id}`, data: target });
  return (
    <section
      ref={setNodeRef}
      className={s.lane}
      data-lane={agent.id}
      data-over={isOver || undefined}
      aria-label={agent.name}
    >
      <div className={s.who}>
        <PresentFace agent={agent} availability={availability} size={30} silent />
        <div className="grow">
          <b className="cut">{agent.name}</b>
          <Carries agent={one} now={now} />
          <LoadBar
            label={t('ui.load.label', { name: agent.name })}
            load={load}
            limit={limits.total}
            add={isOver ? hand.dragged : 0}
          />
          <small className={`${s.there} cut`} title={format.full(one.since)}>
            {t(`ui.availability.${availability}`)} {format.span(now.getTime() - Date.parse(one.since))}
          </small>
        </div>
      </div>
      <Cards
        cards={cases}
        hidden={Math.max(0, load - cases.length)}
        columns={columns}
        now={now}
        teams={false}
        free={Math.max(0, limits.total - load)}
        over={isOver}
      />
    </section>
  );
});

/** How much he has of what he can carry, and since when the one waits who waits longest for him. */
function Carries({ agent: { load, limits, oldestWaiting }, now }: { agent: BoardAgent; now: Date }) {
  const { t } = useTranslation();
  const format = useFormat();
  const full = load >= limits.total;
  return (
    <span className={s.carries}>
      <span data-full={full || undefined}>
        {t(full ? 'ui.load.full' : 'ui.load.of', { load, limit: limits.total })}
      </span>
      {oldestWaiting !== null && (
        <span
          data-s={waitTone(oldestWaiting, now)}
          title={t('board.longestSince', { at: format.full(oldestWaiting) })}
        >
          <IconClock size={12} stroke={2} aria-hidden />
          <span className="sr">{t('board.stat.longest')} </span>
          {format.span(now.getTime() - Date.parse(oldestWaiting))}
        </span>
      )}
    </span>
  );
}

interface CardsProps {
  cards: readonly CaseSummary[];
  /** more than what the board was given */
  hidden: number;
  columns: number;
  now: Date;
  teams: boolean;
  /** how many more he can carry: each is a place that one sees */
  free: number;
  over: boolean;
}

/** One row of cards and free places; what does not fit is a click away. */
function Cards({ cards, hidden, columns, now, teams, free, over }: CardsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const fits = cards.length + hidden <= columns;
  const shown = open || fits ? cards : cards.slice(0, columns - 1);
  const left = cards.length - shown.length + hidden;
  const places = Math.max(0, Math.min(free, columns - shown.length - (left > 0 ? 1 : 0)));
  return (
    <ul className={s.slots} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
      {shown.map((card) => (
        <li key={card.id}>
          <CaseCard card={card} now={now} team={teams} />
        </li>
      ))}
      {left > 0 && (
        <li>
          {open ? (
            <span className={s.moreCards}>{t('board.moreNotShown', { count: left })}</span>
          ) : (
            <button className={s.moreCards} onClick={() => setOpen(true)}>
              {t('board.more', { count: left })}
            </button>
          )}
        </li>
      )}
      {open && !fits && (
        <li>
          <button className={s.moreCards} onClick={() => setOpen(false)}>
            {t('board.less')}
          </button>
        </li>
      )}
      {Array.from({ length: places }, (_, n) => (
        <li key={`free-${n}`} aria-hidden className={s.slot} data-drop={(over && n === 0) || undefined}>
          {over && n === 0 && t('board.dropHere')}
        </li>
      ))}
    </ul>
  );
}

import { SegmentedControl } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board, BoardQueue } from '@loket/contracts/board.js';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { LoadBar } from '../../../ui/LoadBar.js';
import { PresentFace } from '../../../ui/PresentFace.js';
import { useFormat } from '../../../ui/useFormat.js';
import { waitTone, type BoardAgent } from '../board-model.js';
import { useBoardHand } from '../hand.js';
import { CardFace } from './CaseCard.js';
import s from './board.module.css';

interface PhoneBoardProps {
  board: Board;
  agents: readonly BoardAgent[];
  team: string | null;
  waiting: readonly CaseSummary[];
  now: Date;
  empty: ReactNode;
}

/** People or queues, one below the other; each opens to its cases, and a case to what can be done with it. */
export function PhoneBoard({ board, agents, team, waiting, now, empty }: PhoneBoardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [side, setSide] = useState<'agents' | 'queues'>('agents');
  const queues = board.queues.filter((queue) => team === null || queue.team?.id === team);
  return (
    <div className={s.phone}>
      <SegmentedControl
        fullWidth
        size="sm"
        withItemsBorders={false}
        aria-label={t('board.show')}
        value={side}
        onChange={setSide}
        data={[
          { value: 'agents', label: `${t('board.agents')} ${format.number(agents.length)}` },
          { value: 'queues', label: `${t('board.queues')} ${format.number(waiting.length)}` },
        ]}
      />
      <ul className={s.folds}>
        {side === 'agents'
          ? agents.map((one) => <AgentFold key={one.agent.id} one={one} now={now} />)
          : queues.map((queue) => <QueueFold key={queue.team?.id ?? 'none'} queue={queue} now={now} />)}
      </ul>
      {side === 'agents' && agents.length === 0 && empty}
    </div>
  );
}

function AgentFold({ one, now }: { one: BoardAgent; now: Date }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { agent, availability, load, limits, oldestWaiting, cases } = one;
  const full = load >= limits.total;
  return (
    <Fold
      cards={cases}
      more={Math.max(0, load - cases.length)}
      now={now}
      head={
        <>
          <PresentFace agent={agent} availability={availability} size={34} silent />
          <span className={s.foldText}>
            <b className="cut">{agent.name}</b>
            <small className="cut">
              {t(`ui.availability.${availability}`)}
              {oldestWaiting !== null && (
                <span data-s={waitTone(oldestWaiting, now)}>
                  {' · '}
                  {t('board.longest', { span: format.span(now.getTime() - Date.parse(oldestWaiting)) })}
                </span>
              )}
            </small>
          </span>
          <span className={`${s.foldLoad} num`} data-full={full || undefined}>
            {load}/{limits.total}
            <LoadBar label={t('ui.load.label', { name: agent.name })} load={load} limit={limits.total} />
          </span>
        </>
      }
    />
  );
}

function QueueFold({ queue, now }: { queue: BoardQueue; now: Date }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { team, waiting, oldest, arrived, online, next } = queue;
  return (
    <Fold
      cards={next}
      more={Math.max(0, waiting - next.length)}
      now={now}
      head={
        <>
          <span className={s.foldText}>
            <b className="cut">{team?.name ?? t('board.noTeam')}</b>
            <small className="cut">
              {oldest !== null && (
                <span data-s={waitTone(oldest, now)}>
                  {t('board.longest', { span: format.span(now.getTime() - Date.parse(oldest)) })}
                  {' · '}
                </span>
              )}
              {t('board.arrived', { count: arrived })} · {t('board.online', { count: online })}
            </small>
          </span>
          <span className={`${s.foldCount} num`}>{format.number(waiting)}</span>
        </>
      }
    />
  );
}

function Fold({
  head,
  cards,
  more,
  now,
}: {
  head: ReactNode;
  cards: readonly CaseSummary[];
  more: number;
  now: Date;
}) {
  const { t } = useTranslation();
  const hand = useBoardHand();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <button className={s.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {head}
        <IconChevronDown size={18} stroke={1.7} className={s.chevron} aria-hidden />
      </button>
      {open && (
        <ul className={s.foldCards}>
          {cards.map((card) => (
            <li key={card.id}>
              <button
                className={s.card}
                data-selected={hand.selected.has(card.id) || undefined}
                data-wait={card.waitingSince === null || undefined}
                data-late={waitTone(card.waitingSince, now) === 'late' || undefined}
                onClick={() => hand.look(card.id)}
              >
                <CardFace card={card} now={now} />
              </button>
            </li>
          ))}
          {more > 0 && <li className={s.none}>{t('board.moreNotShown', { count: more })}</li>}
          {cards.length + more === 0 && <li className={s.none}>{t('board.noCases')}</li>}
        </ul>
      )}
    </li>
  );
}

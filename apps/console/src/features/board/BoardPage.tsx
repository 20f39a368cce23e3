import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBoard } from '../../api/board.js';
import { errorText } from '../../api/error-text.js';
import { useWatchPresence } from '../../api/live.js';
import { useTeams } from '../../api/teams.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { usePhone } from '../../ui/media.js';
import { Skeleton, useLate } from '../../ui/Skeleton.js';
import { useNow } from '../../ui/useNow.js';
import { findCard, shownAgents, sums, waitingCards, type BoardFilter } from './board-model.js';
import { HandContext } from './hand.js';
import { BoardHead } from './components/BoardHead.js';
import { CasePanel } from './components/CasePanel.js';
import { DragArea } from './components/DragArea.js';
import { Lanes } from './components/Lanes.js';
import { MoveDialog } from './components/MoveDialog.js';
import { PhoneBoard } from './components/PhoneBoard.js';
import { Queues } from './components/Queues.js';
import { ReasonBar } from './components/ReasonBar.js';
import { RebalancePanel } from './components/RebalancePanel.js';
import { SelectionBar } from './components/SelectionBar.js';
import s from './components/board.module.css';
import { useBoardCommands } from './useBoardCommands.js';
import { useForceStatus } from './useForceStatus.js';
import { useHand } from './useHand.js';
import { useMoves } from './useMoves.js';
import { useStill } from './useStill.js';
import { useUsualReason } from './usual-reason.js';

const everything: BoardFilter = { team: null, availability: 'all', text: '', sort: 'name' };

/** Who has what, live: a supervisor's way to see and to move work between people. */
export function BoardPage() {
  const { t } = useTranslation();
  const phone = usePhone();
  const now = useNow(15_000);
  const query = useBoard();
  useWatchPresence();
  const late = useLate(query.isPending);
  const [filter, setFilter] = useState(everything);
  const [frozen, setFrozen] = useState<string | null>(null);
  const [planning, setPlanning] = useState(false);
  const [proposed, setProposed] = useState<ReadonlySet<string>>(new Set());
  const [picking, setPicking] = useState<readonly string[] | null>(null);
  const [dragged, setDragged] = useState<readonly string[]>([]);
  const { shown, keep } = useStill(query.data, frozen !== null || dragged.length > 0);
  const [usual, setUsual] = useUsualReason();
  const moves = useMoves(shown, keep, usual);
  const status = useForceStatus(moves.painted);
  const board = status.painted;
  const hand = useHand(board, { proposed, dragged });
  const teams = useTeams().data;
  const shownTeams = useMemo(() => teams?.filter(({ closed }) => !closed) ?? [], [teams]);
  const act = useBoardCommands(board, hand, { move: moves.move, force: status.force, pick: setPicking });

  if (!board) {
    return (
      <section className={s.wrap} aria-label={t('board.title')} aria-busy={query.isPending}>
        <title>{`${t('board.title')} · Loket`}</title>
        {query.error ? (
          <EmptyState
            title={errorText(t, query.error)}
            action={
              <Button variant="default" onClick={() => void query.refetch()}>
                {t('ui.retry')}
              </Button>
            }
          />
        ) : (
          late && (
            <div className={s.bones}>
              <Skeleton lines={2} />
              <Skeleton lines={4} gap={24} />
              <Skeleton lines={4} gap={24} />
            </div>
          )
        )}
      </section>
    );
  }

  const agents = shownAgents(board, filter);
  const waiting = waitingCards(board, filter.team);
  const figures = sums(board, filter.team);
  const looked = hand.looked === null ? null : findCard(board, hand.looked);
  const none = (
    <EmptyState
      title={t(board.agents.length === 0 ? 'board.empty.nobody' : 'board.empty.filtered')}
      action={
        board.agents.length > 0 && (
          <Button variant="default" onClick={() => setFilter({ ...everything, sort: filter.sort })}>
            {t('board.empty.showAll')}
          </Button>
        )
      }
    />
  );
  return (
    <HandContext value={hand.shown}>
      <section className={s.wrap} aria-label={t('board.title')}>
        <title>{`${t('board.title')} · Loket`}</title>
        <BoardHead
          sums={figures}
          now={now}
          at={frozen ?? board.at}
          filter={filter}
          onFilter={setFilter}
          teams={shownTeams}
          frozen={frozen !== null}
          onFreeze={() => setFrozen(frozen === null ? new Date().toISOString() : null)}
          planning={planning}
          onPlan={() => setPlanning(!planning)}
          usual={usual}
          onUsual={setUsual}
          phone={phone}
        />
        <div className={s.body}>
          {phone ? (
            <PhoneBoard
              agents={agents}
              board={board}
              team={filter.team}
              waiting={waiting}
              now={now}
              empty={none}
            />
          ) : (
            <DragArea
              board={board}
              selected={hand.shown.selected}
              now={now}
              onDrag={setDragged}
              onDrop={(ids, to) => act.moveTo(ids, to)}
            >
              <div className={s.area}>
                <Queues
                  queues={board.queues}
                  team={filter.team}
                  onTeam={(team) => setFilter({ ...filter, team })}
                  now={now}
                />
                <Lanes
                  agents={agents}
                  waiting={waiting}
                  waitingMore={Math.max(0, figures.waiting - waiting.length)}
                  now={now}
                  teams={filter.team === null}
                  onKeyDown={act.onKeyDown}
                  empty={none}
                />
              </div>
            </DragArea>
          )}
          {planning && (
            <RebalancePanel
              key={filter.team}
              board={board}
              teams={shownTeams}
              team={filter.team}
              onProposed={setProposed}
              onApply={(plan, reason) => {
                moves.move(plan, reason);
                setPlanning(false);
              }}
              onClose={() => setPlanning(false)}
              phone={phone}
            />
          )}
          {looked && (
            <CasePanel
              key={looked.card.id}
              place={looked}
              now={now}
              phone={phone}
              act={act}
              onClose={() => hand.look(null)}
            />
          )}
        </div>
        <SelectionBar ids={[...hand.shown.selected]} act={act} onClear={hand.clear} />
        {moves.asking && <ReasonBar key={moves.asking.key} batch={moves.asking} moves={moves} />}
        {picking && (
          <MoveDialog
            board={board}
            ids={picking}
            teams={shownTeams}
            onPick={(to, reason) => act.moveTo(picking, to, reason ?? '')}
            onClose={() => setPicking(null)}
          />
        )}
      </section>
    </HandContext>
  );
}

import { Button, Checkbox, CloseButton, Select, TextInput } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board, Rebalance } from '@loket/contracts/board.js';
import type { TeamRef } from '@loket/contracts/teams.js';
import { proposeRebalance } from '../../../api/board.js';
import { errorText } from '../../../api/error-text.js';
import { LoadBar } from '../../../ui/LoadBar.js';
import { Skeleton } from '../../../ui/Skeleton.js';
import type { Move } from '../board-model.js';
import s from './board.module.css';

interface RebalancePanelProps {
  board: Board;
  teams: readonly TeamRef[];
  team: string | null;
  /** cards that would move */
  onProposed: (caseIds: ReadonlySet<string>) => void;
  onApply: (moves: readonly Move[], reason: string) => void;
  onClose: () => void;
  phone: boolean;
}

/** What would load a team evenly: looked at first, done in one step, taken back in one. */
export function RebalancePanel(props: RebalancePanelProps) {
  const { board, teams, team, onProposed, onApply, onClose, phone } = props;
  const { t } = useTranslation();
  const [teamId, setTeamId] = useState(() => team ?? mostUneven(board, teams));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState(() => t('board.plan.reasonText'));
  const plan = useQuery({
    queryKey: ['rebalance', teamId],
    queryFn: () => proposeRebalance(teamId ?? ''),
    enabled: teamId !== null,
    // it is about this very moment
    staleTime: 0,
    gcTime: 0,
  });
  const all = plan.data?.moves;
  const chosen = useMemo(() => all?.filter(({ caseId }) => !left.has(caseId)) ?? [], [all, left]);
  useEffect(() => {
    onProposed(new Set(chosen.map(({ caseId }) => caseId)));
    return () => onProposed(new Set());
  }, [chosen, onProposed]);
  const apply = () =>
    onApply(
      chosen.map(({ caseId, to }) => ({ caseId, to: { kind: 'agent', ...to } })),
      reason.trim(),
    );
  return (
    <aside className={s.side} data-phone={phone || undefined} aria-label={t('board.plan.title')}>
      <header>
        <div className={s.row2}>
          <h2 className="grow">{t('board.plan.title')}</h2>
          <CloseButton size="sm" aria-label={t('ui.close')} onClick={onClose} />
        </div>
        <p>{t('board.plan.about')}</p>
        <Select
          mt={10}
          aria-label={t('board.team')}
          data={teams.map(({ id, name }) => ({ value: id, label: name }))}
          value={teamId}
          onChange={(value) => {
            setTeamId(value);
            setLeft(new Set());
          }}
          allowDeselect={false}
          placeholder={t('board.plan.noTeams')}
          disabled={teams.length === 0}
        />
      </header>
      <div className={s.moves}>
        {plan.isFetching && !all && <Skeleton lines={4} gap={18} />}
        {plan.error && (
          <p role="alert" className={s.none}>
            {errorText(t, plan.error)}
          </p>
        )}
        {all?.length === 0 && (
          <p className={s.none}>{t(hasRoom(board, teamId) ? 'board.plan.even' : 'board.plan.nobody')}</p>
        )}
        {all?.map((move) => (
          <ProposedMove
            key={move.caseId}
            move={move}
            away={isAway(board, move.from.id)}
            checked={!left.has(move.caseId)}
            onToggle={() => setLeft(toggled(left, move.caseId))}
          />
        ))}
      </div>
      {all && all.length > 0 && (
        <>
          <After board={board} moves={chosen} />
          <div className={s.planWhy}>
            <TextInput
              label={t('board.plan.reason')}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </div>
          <div className={s.act}>
            <Button className="grow" disabled={chosen.length === 0} onClick={apply} {...(phone && { h: 44 })}>
              {t('board.plan.apply', { count: chosen.length })}
            </Button>
            <Button variant="default" onClick={onClose} {...(phone && { h: 44 })}>
              {t('ui.cancel')}
            </Button>
          </div>
        </>
      )}
    </aside>
  );
}

function ProposedMove({
  move,
  away,
  checked,
  onToggle,
}: {
  move: Rebalance['moves'][number];
  away: boolean;
  checked: boolean;
  onToggle: () => void;
}) {
  const { t } = useTranslation();
  const title = move.case.subject || t('board.noSubject');
  return (
    <label className={s.mv}>
      <Checkbox size="xs" mt={2} checked={checked} onChange={onToggle} aria-label={title} />
      <b className="cut">{title}</b>
      <span className={s.path}>
        <span className="cut">{move.from.name}</span>
        <IconArrowRight size={13} stroke={1.8} role="img" aria-label={t('board.plan.to')} />
        <span className="cut">{move.to.name}</span>
      </span>
      <small>
        {t(away ? 'board.plan.because.away' : 'board.plan.because.load', { name: move.from.name })}
      </small>
    </label>
  );
}

/** What everybody would carry then. */
function After({ board, moves }: { board: Board; moves: Rebalance['moves'] }) {
  const { t } = useTranslation();
  const change = new Map<string, number>();
  for (const { from, to } of moves) {
    change.set(from.id, (change.get(from.id) ?? 0) - 1);
    change.set(to.id, (change.get(to.id) ?? 0) + 1);
  }
  const touched = board.agents.filter(({ agent }) => change.has(agent.id));
  return (
    <div className={s.after}>
      <h3>{t('board.plan.after')}</h3>
      {touched.map(({ agent, load, limits }) => {
        const add = change.get(agent.id) ?? 0;
        return (
          <div key={agent.id} className={s.ar}>
            <span className="cut">{agent.name}</span>
            <LoadBar
              label={t('ui.load.label', { name: agent.name })}
              load={load}
              limit={limits.total}
              add={add}
            />
            <span className="num">
              {load}
              {add !== 0 && (
                <>
                  {' → '}
                  <b>{load + add}</b>
                </>
              )}
              /{limits.total}
            </span>
          </div>
        );
      })}
    </div>
  );
}

/** The team that one would look at first: where one carries most of what he can, and another the least. */
function mostUneven({ agents }: Board, teams: readonly TeamRef[]): string | null {
  const spread = ({ id }: TeamRef) => {
    const shares = agents
      .filter(({ teamIds }) => teamIds.includes(id))
      .map(({ load, limits }) => load / Math.max(1, limits.total));
    return shares.length === 0 ? 0 : Math.max(...shares) - Math.min(...shares);
  };
  return teams.toSorted((a, b) => spread(b) - spread(a))[0]?.id ?? null;
}

/** Is anybody of the team there who could take more? */
function hasRoom({ agents }: Board, teamId: string | null): boolean {
  return agents.some(
    ({ teamIds, availability, load, limits }) =>
      teamId !== null && teamIds.includes(teamId) && availability === 'online' && load < limits.total,
  );
}

function isAway({ agents }: Board, agentId: string): boolean {
  return agents.find(({ agent }) => agent.id === agentId)?.availability !== 'online';
}

function toggled(set: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

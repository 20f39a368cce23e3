import { IconUserOff, IconUsersGroup } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentWork, TeamRef } from '@loket/contracts/teams.js';
import { assignRows, type AssignRow, type AssignTarget } from './assign-rows.js';
import { LoadBar } from './LoadBar.js';
import { PresentFace } from './PresentFace.js';
import u from './ui.module.css';
import s from './load.module.css';

interface AssignListProps {
  label: string;
  /** undefined while they are being asked for */
  people: readonly AgentWork[] | undefined;
  teams: readonly TeamRef[];
  /** id of the agent who is signed in */
  me: string;
  /** who has it now */
  agentId: string | null;
  /** may be given back to nobody */
  release: boolean;
  /** a line to say why */
  asksWhy?: boolean;
  onPick: (target: AssignTarget, reason: string | undefined) => void;
  onClose: () => void;
}

/** Whom to give a case: people with what they carry and can do, and the queues of teams. ↑ ↓ Enter Esc. */
export function AssignList(props: AssignListProps) {
  const { label, people, teams, me, agentId, release, asksWhy = false, onPick, onClose } = props;
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [why, setWhy] = useState('');
  const [at, setAt] = useState(0);
  const rows = assignRows(people ?? [], teams, { me, text, release });
  const active = Math.max(0, Math.min(at, rows.length - 1));
  const pick = (row: AssignRow | undefined) => {
    if (!row) return;
    onClose();
    onPick(row.target, why.trim() || undefined);
  };
  // Enter may be quicker than the list of people
  const early = useRef(false);
  useEffect(() => {
    if (!people || !early.current) return;
    early.current = false;
    pick(rows[active]);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = (active + step + rows.length) % Math.max(1, rows.length);
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (people) pick(rows[active]);
      else early.current = true;
    }
  };
  const heading = (row: AssignRow, before: AssignRow | undefined) =>
    row.kind === 'team' && before?.kind !== 'team' ? t('ui.assign.queues') : null;
  return (
    <>
      <input
        className={u.pickIn}
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={rows.length ? `${id}-${active}` : undefined}
        aria-label={label}
        placeholder={t('ui.assign.find')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={label} aria-busy={people === undefined} className={s.list}>
        {rows.map((row, index) => {
          const title = heading(row, rows[index - 1]);
          return (
            <div key={row.id} role="presentation">
              {title && (
                <div className={s.head} role="presentation">
                  {title}
                </div>
              )}
              <div
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                aria-checked={row.kind === 'agent' && row.id === agentId}
                className={s.row}
                data-plain={row.kind !== 'agent' || undefined}
                data-away={(row.kind === 'agent' && row.work.availability !== 'online') || undefined}
                onMouseMove={() => setAt(index)}
                onClick={() => pick(row)}
              >
                {row.kind === 'agent' ? (
                  <AgentRow row={row} me={me} teams={teams} />
                ) : (
                  <>
                    <span className={s.icon}>
                      {row.kind === 'team' ? (
                        <IconUsersGroup size={18} stroke={1.6} aria-hidden />
                      ) : (
                        <IconUserOff size={18} stroke={1.6} aria-hidden />
                      )}
                    </span>
                    <span className="cut">{row.kind === 'team' ? row.name : t('ui.assign.nobody')}</span>
                  </>
                )}
              </div>
            </div>
          );
        })}
      </div>
      {people !== undefined && rows.length === 0 && <p className={s.none}>{t('ui.noMatches')}</p>}
      {asksWhy && (
        <div className={s.why}>
          <input
            aria-label={t('ui.assign.why')}
            placeholder={t('ui.assign.why')}
            maxLength={500}
            value={why}
            onChange={(event) => setWhy(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </div>
      )}
    </>
  );
}

function AgentRow({
  row: { work },
  me,
  teams,
}: {
  row: Extract<AssignRow, { kind: 'agent' }>;
  me: string;
  teams: readonly TeamRef[];
}) {
  const { t } = useTranslation();
  const { agent, availability, load, limits, teamIds, skills } = work;
  const full = load >= limits.total;
  const about = [...teams.filter(({ id }) => teamIds.includes(id)).map(({ name }) => name), ...skills];
  return (
    <>
      <PresentFace agent={agent} availability={availability} size={26} silent />
      <span style={{ minWidth: 0 }}>
        <b className="cut">
          {agent.name}
          {agent.id === me && ` (${t('ui.assign.me')})`}
        </b>
        <small className="cut">{[t(`ui.availability.${availability}`), ...about].join(' · ')}</small>
      </span>
      <span className={`${s.meter} num`} data-full={full || undefined}>
        {t(full ? 'ui.load.full' : 'ui.load.of', { load, limit: limits.total })}
        <LoadBar label={t('ui.load.label', { name: agent.name })} load={load} limit={limits.total} />
      </span>
    </>
  );
}

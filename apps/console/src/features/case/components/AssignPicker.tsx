import { Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { useMe } from '../../../api/session.js';
import { useAgentWork, useTeams } from '../../../api/teams.js';
import { AssignList } from '../../../ui/AssignList.js';
import type { AssignTarget } from '../../../ui/assign-rows.js';
import { AgentFace } from '../../../ui/Face.js';
import type { CaseActions } from '../actions.js';
import s from './case.module.css';

interface AssignPickerProps {
  summary: CaseSummary;
  actions: CaseActions;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

/** Who has the case; chooses a colleague by what he carries and can do, a team's queue, oneself, or nobody. */
export function AssignPicker({ summary, actions, opened, onOpened }: AssignPickerProps) {
  const { t } = useTranslation();
  const me = useMe();
  const people = useAgentWork(opened).data;
  const teams = useTeams().data?.filter(({ closed }) => !closed) ?? [];
  const current = summary.assignee;
  const label = current ? t('case.assign.current', { name: current.name }) : t('case.assign.free');
  const onPick = (to: AssignTarget, reason: string | undefined) => {
    if (to.kind === 'nobody') return actions.change({ assignee: null, reason });
    if (to.kind === 'agent') {
      if (to.id !== current?.id) actions.change({ assignee: { id: to.id, name: to.name }, reason });
      return;
    }
    // back to the queue that it is of already: only its agent goes
    if (to.id === summary.team?.id) {
      if (current) actions.change({ assignee: null, reason });
    } else actions.change({ team: { id: to.id, name: to.name }, reason });
  };
  return (
    <Popover
      opened={opened}
      onChange={onOpened}
      position="bottom-start"
      width={360}
      trapFocus
      returnFocus
      attributes={{ dropdown: { 'aria-label': t('case.act.assign') } }}
    >
      <Popover.Target>
        <button className={s.metaBtn} aria-haspopup="listbox" onClick={() => onOpened(!opened)}>
          {current ? <AgentFace agent={current} size={16} silent /> : <span className={s.free} aria-hidden />}
          <span className="cut" aria-hidden>
            {current?.name ?? t('case.assign.free')}
          </span>
          <span className="sr">{label}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown data-layer data-leaving={!opened || undefined}>
        <AssignList
          label={t('case.act.assign')}
          people={people}
          teams={teams}
          me={me.id}
          agentId={current?.id ?? null}
          release={current !== null}
          asksWhy={current !== null && current.id !== me.id}
          onPick={onPick}
          onClose={() => onOpened(false)}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

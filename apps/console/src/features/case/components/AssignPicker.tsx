import { IconUserOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { useAgentRefs } from '../../../api/cases.js';
import { useMe } from '../../../api/session.js';
import { AgentFace } from '../../../ui/Face.js';
import { Picker } from '../../../ui/Picker.js';
import type { CaseActions } from '../actions.js';
import s from './case.module.css';

interface AssignPickerProps {
  summary: CaseSummary;
  actions: CaseActions;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

const nobody = 'nobody';

/** Who has the case; chooses a colleague, oneself, or nobody. */
export function AssignPicker({ summary, actions, opened, onOpened }: AssignPickerProps) {
  const { t } = useTranslation();
  const me = useMe();
  const agents = useAgentRefs().data ?? [{ id: me.id, name: me.name }];
  const sorted = agents.toSorted(
    (a, b) => Number(b.id === me.id) - Number(a.id === me.id) || a.name.localeCompare(b.name),
  );
  const options = sorted.map((agent) => ({
    id: agent.id,
    label: agent.name,
    icon: <AgentFace agent={agent} size={20} silent />,
    ...(agent.id === me.id && { hint: t('case.assign.me') }),
  }));
  if (summary.assignee) {
    options.push({
      id: nobody,
      label: t('case.assign.nobody'),
      icon: <IconUserOff size={17} stroke={1.7} />,
    });
  }
  const current = summary.assignee;
  const label = current ? t('case.assign.current', { name: current.name }) : t('case.assign.free');
  return (
    <Picker
      label={t('case.act.assign')}
      options={options}
      opened={opened}
      onOpened={onOpened}
      onPick={(id) => {
        if (id === nobody) return actions.change({ assignee: null });
        const agent = agents.find((candidate) => candidate.id === id);
        if (agent && agent.id !== current?.id) actions.change({ assignee: agent });
      }}
    >
      <button className={s.metaBtn} aria-haspopup="listbox" onClick={() => onOpened(!opened)}>
        {current ? <AgentFace agent={current} size={16} silent /> : <span className={s.free} aria-hidden />}
        <span className="cut" aria-hidden>
          {current?.name ?? t('case.assign.free')}
        </span>
        <span className="sr">{label}</span>
      </button>
    </Picker>
  );
}

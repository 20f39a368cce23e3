import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconAlertOctagon,
  IconArrowLeft,
  IconArrowsSplit2,
  IconChevronDown,
  IconClockPause,
  IconDots,
  IconGitMerge,
  IconHistory,
  IconLayoutSidebarRight,
  IconMessage2Share,
} from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '@loket/contracts/cases.js';
import { priorities, statuses } from '../../../api/case-words.js';
import { usePresence } from '../../../api/live.js';
import { useMe } from '../../../api/session.js';
import { ChannelMarks } from '../../../ui/ChannelMark.js';
import { runCommand } from '../../../ui/commands.js';
import { openDialog } from '../../../ui/dialogs.js';
import { AgentFace } from '../../../ui/Face.js';
import { IncidentChip } from '../../../ui/IncidentChip.js';
import { Keys } from '../../../ui/Keys.js';
import { MenuChoice } from '../../../ui/MenuChoice.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useShapeActions, type CaseActions } from '../actions.js';
import { CallbackChip } from './CallbackChip.js';
import { AssignPicker } from './AssignPicker.js';
import { FollowButton } from './FollowButton.js';
import s from './case.module.css';

interface CaseHeaderProps {
  detail: CaseDetail;
  actions: CaseActions;
  assigning: boolean;
  onAssigning: (open: boolean) => void;
  panel: boolean;
  onPanel: () => void;
  /** on a phone */
  onBack?: (() => void) | undefined;
}

export function CaseHeader({
  detail,
  actions,
  assigning,
  onAssigning,
  panel,
  onPanel,
  onBack,
}: CaseHeaderProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <header className={s.head} data-phone={onBack ? true : undefined}>
      <div className={s.title}>
        {onBack && (
          <button className={s.tap} aria-label={t('ui.back')} onClick={onBack}>
            <IconArrowLeft size={22} stroke={1.8} />
          </button>
        )}
        <Subject detail={detail} actions={actions} />
      </div>
      <div className={s.acts}>
        {!onBack && (
          <Tooltip label={`${t('case.act.snooze')} H`}>
            <ActionIcon
              aria-label={t('case.act.snooze')}
              aria-keyshortcuts="H"
              onClick={() => runCommand('snooze')}
            >
              <IconClockPause size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={<>{t('case.panel')} ]</>}>
          <ActionIcon
            size={onBack ? 44 : 28}
            aria-pressed={panel}
            aria-label={t('case.panel')}
            aria-keyshortcuts="]"
            onClick={onPanel}
          >
            <IconLayoutSidebarRight size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <MoreMenu detail={detail} tall={Boolean(onBack)} />
        {!onBack && <StatusMenu detail={detail} actions={actions} tall={false} />}
      </div>
      <div className={s.meta}>
        <span className="num">#{detail.number}</span>
        {onBack && <ChannelMarks kinds={detail.channelKinds} size={13} />}
        {onBack && <StatusMenu detail={detail} actions={actions} tall />}
        {detail.merged.length > 0 && (
          <span
            className="cut"
            title={detail.merged.map((one) => `#${one.number} ${one.subject}`).join('\n')}
          >
            + {detail.merged.map((one) => `#${one.number}`).join(', ')}
          </span>
        )}
        {detail.incident && <IncidentChip incident={detail.incident} />}
        <CallbackChip detail={detail} actions={actions} />
        <span className={s.sep} />
        <AssignPicker summary={detail} actions={actions} opened={assigning} onOpened={onAssigning} />
        {detail.team && (
          <>
            <span className={s.sep} />
            <button
              className={s.metaBtn}
              style={{ minWidth: 0 }}
              aria-label={t('case.team.current', { name: detail.team.name })}
              onClick={() => onAssigning(true)}
            >
              <span className="cut">{detail.team.name}</span>
            </button>
          </>
        )}
        <span className={s.sep} />
        <PriorityMenu detail={detail} actions={actions} />
        <span className={s.sep} />
        <FollowButton detail={detail} />
        {detail.status === 'resolved' && detail.resolvedAt && (
          <>
            <span className={s.sep} />
            <span className="cut">{t('case.doneAt', { at: format.date(detail.resolvedAt) })}</span>
          </>
        )}
      </div>
      <Seen caseId={detail.id} />
    </header>
  );
}

/** The title, which becomes a field when asked for. */
function Subject({ detail, actions }: { detail: CaseDetail; actions: CaseActions }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const [text, setText] = useState('');
  const save = () => {
    setEditing(false);
    const subject = text.trim();
    if (subject && subject !== detail.subject) actions.change({ subject });
  };
  if (editing) {
    return (
      <input
        className={s.subjectIn}
        autoFocus
        aria-label={t('case.subject')}
        maxLength={1000}
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) save();
          if (event.key === 'Escape') setEditing(false);
        }}
      />
    );
  }
  return (
    <h1 className={s.h1}>
      <button
        className={`${s.subjectBtn} cut`}
        title={`${detail.subject}\n${t('case.editSubject')}`.trim()}
        onClick={() => {
          setText(detail.subject);
          setEditing(true);
        }}
      >
        {detail.subject || t('case.noSubject')}
      </button>
    </h1>
  );
}

/** What changes the shape of the case, and what did. */
function MoreMenu({ detail, tall }: { detail: CaseDetail; tall: boolean }) {
  const { t } = useTranslation();
  const { merge, split, history, incident } = useShapeActions(detail);
  const me = useMe();
  const { assignee } = detail;
  const mayWhisper = me.role !== 'agent' && assignee !== null && assignee.id !== me.id;
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon size={tall ? 44 : 28} aria-label={t('case.more')}>
          <IconDots size={17} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {tall && (
          <Menu.Item leftSection={<IconClockPause size={15} />} onClick={() => runCommand('snooze')}>
            {t('case.act.snooze')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconGitMerge size={15} />} rightSection={<Keys keys="M" />} onClick={merge}>
          {t('case.act.merge')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowsSplit2 size={15} />}
          rightSection={<Keys keys="⇧ M" />}
          onClick={split}
        >
          {t('case.act.split')}
        </Menu.Item>
        {!detail.incident && (
          <Menu.Item leftSection={<IconAlertOctagon size={15} />} onClick={incident}>
            {t('case.act.incident')}
          </Menu.Item>
        )}
        {mayWhisper && assignee && (
          <Menu.Item
            leftSection={<IconMessage2Share size={15} />}
            onClick={() =>
              openDialog({ kind: 'whisper', caseId: detail.id, number: detail.number, to: assignee })
            }
          >
            {t('case.whisper', { name: assignee.name })}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconHistory size={15} />} onClick={history}>
          {t('case.act.history')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function StatusMenu({ detail, actions, tall }: { detail: CaseDetail; actions: CaseActions; tall: boolean }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button
          size="xs"
          h={tall ? 40 : 28}
          variant="default"
          aria-label={t('case.statusNow', { status: t(`case.status.${detail.status}`) })}
          rightSection={<IconChevronDown size={14} />}
          styles={{ section: { marginInlineStart: 5 } }}
        >
          {t(`case.statusShort.${detail.status}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {statuses.map((status) => (
          <MenuChoice
            key={status}
            value={status}
            checked={detail.status === status}
            rightSection={status === 'resolved' ? <Keys keys="E" /> : undefined}
            onPick={() => (status === 'resolved' ? actions.finish() : actions.change({ status }))}
          >
            {t(`case.status.${status}`)}
          </MenuChoice>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function PriorityMenu({ detail, actions }: { detail: CaseDetail; actions: CaseActions }) {
  const { t } = useTranslation();
  const name = t(`case.priority.${detail.priority}`);
  return (
    <Menu position="bottom-start" width={190}>
      <Menu.Target>
        <button className={s.metaBtn} aria-label={t('case.priorityNow', { priority: name })}>
          {name}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('case.priorityTitle')}</Menu.Label>
        {priorities.map((priority) => (
          <MenuChoice
            key={priority}
            value={priority}
            checked={detail.priority === priority}
            onPick={() => actions.change({ priority })}
          >
            {t(`case.priority.${priority}`)}
          </MenuChoice>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Colleagues who look at this case now; a ringed face is writing. */
function Seen({ caseId }: { caseId: string }) {
  const { t } = useTranslation();
  const present = usePresence(caseId);
  return (
    <div className={s.seen}>
      {present.map((agent) => {
        const label = t(`case.presence.${agent.state}`, { name: agent.name });
        return (
          <Tooltip key={agent.agentId} label={label}>
            <span data-edit={agent.state === 'typing' || undefined} role="img" aria-label={label}>
              <AgentFace agent={{ id: agent.agentId, name: agent.name }} size={20} silent />
            </span>
          </Tooltip>
        );
      })}
    </div>
  );
}

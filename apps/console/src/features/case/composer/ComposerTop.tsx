import { IconChevronDown, IconEyeOff, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplyOption } from '@loket/contracts/cases.js';
import { useAgentRefs } from '../../../api/cases.js';
import { useMe } from '../../../api/session.js';
import { AgentFace } from '../../../ui/Face.js';
import { Keys } from '../../../ui/Keys.js';
import { Picker } from '../../../ui/Picker.js';
import type { Mode } from './local-item.js';
import type { ReplyWindow } from './reply-window.js';
import { ChannelPick } from './ChannelPick.js';
import { WindowChip } from './WindowNotice.js';
import s from '../components/case.module.css';

interface ComposerTopProps {
  mode: Mode;
  phone: boolean;
  options: readonly ReplyOption[];
  chosen: ReplyOption | undefined;
  window: ReplyWindow;
  onChoose: (option: ReplyOption) => void;
  onNote: (note: boolean) => void;
  /** of a note: the only one who will see it */
  toAgentId: string | null;
  onWhisper: (toAgentId: string | null) => void;
}

/** For whom it is: the customer on one of his channels, the team, or one colleague. */
export function ComposerTop(props: ComposerTopProps) {
  const { mode, phone, options, chosen, window, onChoose, onNote, toAgentId, onWhisper } = props;
  const { t } = useTranslation();
  return (
    <div className={s.cTop}>
      {mode === 'note' || !chosen ? (
        <>
          <span className={s.pick}>
            <IconLock size={14} />
            <b>{t('case.composer.note')}</b>
            {!phone && <span className="cut">{t('case.composer.hidden')}</span>}
          </span>
          <WhisperPick toAgentId={toAgentId} onWhisper={onWhisper} />
        </>
      ) : (
        <ChannelPick options={options} chosen={chosen} onChoose={onChoose} />
      )}
      <span className="grow" />
      {mode === 'reply' && chosen && <WindowChip window={window} option={chosen} />}
      {chosen && (
        <button
          className={s.pick}
          data-on={mode === 'note' || undefined}
          aria-pressed={mode === 'note'}
          onClick={() => onNote(mode !== 'note')}
        >
          <IconLock size={13} stroke={1.9} />
          {t('case.composer.noteSwitch')}
          {!phone && <Keys keys="N" />}
        </button>
      )}
    </div>
  );
}

const everyone = 'everyone';

/** A note for the whole team, or a whisper to one. */
function WhisperPick({ toAgentId, onWhisper }: Pick<ComposerTopProps, 'toAgentId' | 'onWhisper'>) {
  const { t } = useTranslation();
  const me = useMe();
  const agents = useAgentRefs().data ?? [];
  const [opened, setOpened] = useState(false);
  const to = agents.find(({ id }) => id === toAgentId);
  const people = agents.filter(({ id }) => id !== me.id).toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <Picker
      label={t('case.note.choose')}
      opened={opened}
      onOpened={setOpened}
      onPick={(id) => onWhisper(id === everyone ? null : id)}
      options={[
        { id: everyone, label: t('case.note.everyone'), selected: toAgentId === null },
        ...people.map((agent) => ({
          id: agent.id,
          label: agent.name,
          icon: <AgentFace agent={agent} size={18} silent />,
          selected: agent.id === toAgentId,
        })),
      ]}
    >
      <button
        className={s.pick}
        data-on={to ? true : undefined}
        aria-haspopup="listbox"
        onClick={() => setOpened(true)}
      >
        {to && <IconEyeOff size={13} stroke={1.9} />}
        <span className="cut">
          {to ? t('case.note.onlyFor', { name: to.name }) : t('case.note.everyone')}
        </span>
        <IconChevronDown size={13} style={{ flex: 'none' }} />
      </button>
    </Picker>
  );
}

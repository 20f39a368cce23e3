import { ActionIcon, Button, Menu, Progress, Tooltip } from '@mantine/core';
import {
  IconChevronsUp,
  IconCircleCheck,
  IconClockPause,
  IconTag,
  IconUserShare,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { BulkWish } from '../../../api/bulk.js';
import { priorities, statuses } from '../../../api/case-words.js';
import { errorText } from '../../../api/error-text.js';
import { useMe } from '../../../api/session.js';
import { useCommands } from '../../../ui/commands.js';
import { Picker } from '../../../ui/Picker.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useAssignOptions } from '../useAssignOptions.js';
import type { useBulk } from '../useBulk.js';
import type { Marking } from '../useSelection.js';
import { Refusals } from './Refusals.js';
import { SnoozeDialog } from './SnoozeDialog.js';
import s from './bulk.module.css';

interface BulkBarProps {
  marking: Marking;
  bulk: ReturnType<typeof useBulk>;
  rows: readonly CaseSummary[];
  /** how many the list holds in all; undefined until that is known */
  counted: { total: number; capped: boolean } | undefined;
}

/** What can be done with all that is marked, at the foot of the list; while it is done, how far it is. */
export function BulkBar({ marking, bulk, rows, counted }: BulkBarProps) {
  const { progress, refusals } = bulk;
  if (progress) return <Running progress={progress} stop={bulk.stop} />;
  if (marking.on) return <Actions marking={marking} bulk={bulk} rows={rows} counted={counted} />;
  return refusals.length > 0 ? <Refusals refusals={refusals} onClose={bulk.dismiss} /> : null;
}

function Running({ progress, stop }: { progress: { done: number; total: number }; stop: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = t('inbox.bulk.running', {
    done: format.number(progress.done),
    total: format.number(progress.total),
  });
  return (
    <div className={s.bar} role="group" aria-label={t('inbox.bulk.label')}>
      <div className={s.line}>
        <span className="grow num" role="status">
          {text}
        </span>
        <Button size="compact-xs" variant="default" onClick={stop}>
          {t('inbox.bulk.stop')}
        </Button>
      </div>
      <Progress
        size="sm"
        value={(progress.done / progress.total) * 100}
        aria-label={text}
        transitionDuration={160}
      />
    </div>
  );
}

function Actions({ marking, bulk, rows, counted }: BulkBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const [assigning, setAssigning] = useState(false);
  const [tagging, setTagging] = useState(false);
  const [snoozing, setSnoozing] = useState(false);
  const [gathering, setGathering] = useState(false);
  const { marked } = marking.selection;
  const { options, wishOf } = useAssignOptions(assigning);
  const count = marked.size;
  const run = (wish: BulkWish) => {
    if (count === 0) return;
    void bulk.run(marked, wish);
    marking.clear();
  };
  const done = () => run({ status: 'resolved' });
  const group = t('inbox.bulk.group', { count, n: format.number(count) });
  const command = (id: string, label: string, keys: string, act: () => void) => ({
    id: `bulk-${id}`,
    label,
    keys,
    group,
    rank: -1,
    first: true,
    run: act,
  });
  useCommands([
    command('done', t('inbox.bulk.finish'), 'e', done),
    command('assign', t('inbox.bulk.assign'), 'a', () => setAssigning(true)),
    command('take', t('inbox.bulk.take'), 'i', () => run({ assignee: { id: me.id, name: me.name } })),
    command('snooze', t('inbox.bulk.snooze'), 'h', () => setSnoozing(true)),
    { ...command('clear', t('inbox.bulk.clear'), 'esc', marking.clear) },
  ]);
  const markAll = async () => {
    setGathering(true);
    try {
      await marking.markAll();
    } catch (error) {
      showToast({ tone: 'danger', text: errorText(t, error) });
    }
    setGathering(false);
  };
  const more = counted !== undefined && count >= rows.length && counted.total > count;
  const tags = [...new Set(rows.flatMap((row) => row.tags))].sort((a, b) => a.localeCompare(b));
  const used = new Set(rows.filter((row) => marked.has(row.id)).flatMap((row) => row.tags));
  const add = (tag: string) => ({ id: `+${tag}`, label: t('inbox.bulk.addTag', { tag }) });
  const button = (label: string, keys: string, icon: React.ReactNode, act: () => void) => (
    <Tooltip label={keys ? `${label} (${keys})` : label}>
      <ActionIcon size={30} aria-label={label} disabled={count === 0} onClick={act}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
  return (
    <div className={s.bar} role="toolbar" aria-label={t('inbox.bulk.label')}>
      <div className={s.line}>
        <strong className="num" role="status">
          {group}
        </strong>
        {more && (
          <button className={s.all} disabled={gathering} onClick={() => void markAll()}>
            {t('inbox.bulk.all', {
              n: `${format.number(counted.total)}${counted.capped ? '+' : ''}`,
            })}
          </button>
        )}
        {!more && count < rows.length && (
          <button className={s.all} onClick={marking.markLoaded}>
            {t('inbox.bulk.loaded', { n: format.number(rows.length) })}
          </button>
        )}
        <span className="grow" />
        <ActionIcon size={26} aria-label={t('inbox.bulk.clear')} onClick={marking.clear}>
          <IconX size={15} />
        </ActionIcon>
      </div>
      <div className={s.acts}>
        <Picker
          label={t('inbox.bulk.assign')}
          options={options}
          opened={assigning}
          onOpened={setAssigning}
          onPick={(id) => run(wishOf(id))}
        >
          <ActionIcon
            size={30}
            aria-label={t('inbox.bulk.assign')}
            aria-haspopup="listbox"
            disabled={count === 0}
            onClick={() => setAssigning(!assigning)}
          >
            <IconUserShare size={17} stroke={1.7} />
          </ActionIcon>
        </Picker>
        {button(t('inbox.bulk.finish'), 'E', <IconCircleCheck size={17} stroke={1.7} />, done)}
        {button(t('inbox.bulk.snooze'), 'H', <IconClockPause size={17} stroke={1.7} />, () =>
          setSnoozing(true),
        )}
        <Menu position="top-start" width={190}>
          <Menu.Target>
            <ActionIcon size={30} aria-label={t('inbox.bulk.priority')} disabled={count === 0}>
              <IconChevronsUp size={17} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {priorities.map((priority) => (
              <Menu.Item key={priority} onClick={() => run({ priority })}>
                {t(`inbox.filter.priority.${priority}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Picker
          label={t('inbox.bulk.tags')}
          options={[
            ...tags.map(add),
            ...[...used].map((tag) => ({ id: `-${tag}`, label: t('inbox.bulk.removeTag', { tag }) })),
          ]}
          extra={(typed) => (tags.includes(typed) ? [] : [add(typed.slice(0, 50))])}
          opened={tagging}
          onOpened={setTagging}
          onPick={(id) => {
            const tag = id.slice(1);
            run(id.startsWith('+') ? { addTags: [tag] } : { removeTags: [tag] });
          }}
        >
          <ActionIcon
            size={30}
            aria-label={t('inbox.bulk.tags')}
            aria-haspopup="listbox"
            disabled={count === 0}
            onClick={() => setTagging(!tagging)}
          >
            <IconTag size={17} stroke={1.7} />
          </ActionIcon>
        </Picker>
        <span className="grow" />
        <Menu position="top-end" width={200}>
          <Menu.Target>
            <Button size="xs" variant="default" disabled={count === 0}>
              {t('inbox.bulk.status')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {statuses.map((status) => (
              <Menu.Item key={status} onClick={() => run({ status })}>
                {t(`inbox.bulk.to.${status}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {snoozing && (
        <SnoozeDialog
          title={t('inbox.snooze.many', { count, n: format.number(count) })}
          onClose={() => setSnoozing(false)}
          onPick={(snoozedUntil) => run({ snoozedUntil })}
          awake={false}
        />
      )}
    </div>
  );
}

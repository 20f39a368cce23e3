import { ActionIcon, Checkbox, Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Keys } from '../../ui/Keys.js';
import { usePreferences } from '../preferences.js';
import s from './help.module.css';

const groups = {
  list: { move: 'J K', open: '↵', loadNew: '.', filter: '/' },
  case: {
    reply: 'R',
    note: 'N',
    assign: 'A',
    take: 'I',
    done: 'E',
    merge: 'M',
    split: '⇧ M',
    why: 'W',
    undo: 'Z',
  },
  decide: { move: 'J K', accept: 'Y', dismiss: 'X', swap: 'S' },
  writing: { send: '⌘ ↵', sendDone: '⌘ ⇧ ↵', leave: 'Esc' },
  go: {
    palette: '⌘ K',
    mine: 'G I',
    unassigned: 'G U',
    all: 'G A',
    callback: 'G B',
    suggestions: 'G G',
    incidents: 'G N',
    settings: 'G S',
    panels: '[ ]',
    help: '?',
  },
} as const;

export function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { preferences, prefer } = usePreferences();
  return (
    <Modal
      opened={open}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={760}
      centered
      attributes={{ content: { 'aria-label': t('app.shortcuts.title') } }}
    >
      <header className={s.top}>
        <h2 tabIndex={-1} data-autofocus>
          {t('app.shortcuts.title')}
        </h2>
        <ActionIcon onClick={onClose} aria-label={t('ui.close')}>
          <IconX size={17} />
        </ActionIcon>
      </header>
      <div className={s.cols}>
        {Object.entries(groups).map(([group, rows]) => (
          <section key={group}>
            <h3>{t(`app.shortcuts.${group}.title`)}</h3>
            {Object.entries(rows).map(([name, keys]) => (
              <div key={name} className={s.r}>
                <span>{t(`app.shortcuts.${group}.${name}`)}</span>
                <span className="sr">{keys}</span>
                <Keys keys={keys} />
              </div>
            ))}
          </section>
        ))}
      </div>
      <footer className={s.foot}>
        <Checkbox
          size="xs"
          checked={preferences.singleKeys}
          label={t('app.shortcuts.single')}
          onChange={(event) => prefer({ singleKeys: event.currentTarget.checked })}
        />
      </footer>
    </Modal>
  );
}

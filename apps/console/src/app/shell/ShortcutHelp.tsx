import { ActionIcon, Checkbox, Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/session.js';
import { useCommandList } from '../../ui/commands.js';
import { Keys } from '../../ui/Keys.js';
import { usePreferences } from '../preferences.js';
import s from './help.module.css';

const groups = {
  list: {
    move: 'J K',
    ends: 'Home End',
    open: '↵',
    loadNew: '.',
    find: '/',
    filter: 'F',
    mark: 'X',
    markRange: '⇧ X',
    markAll: '⌘ A',
    unmark: 'Esc',
  },
  case: {
    reply: 'R',
    note: 'N',
    assign: 'A',
    take: 'I',
    done: 'E',
    snooze: 'H',
    merge: 'M',
    split: '⇧ M',
    why: 'W',
    undo: 'Z',
  },
  decide: { move: 'J K', accept: 'Y', dismiss: 'X', swap: 'S' },
  board: { step: '← ↑ → ↓', move: 'A', takeOver: 'I', whisper: 'W', select: 'X', open: 'O' },
  writing: { send: '⌘ ↵', sendDone: '⌘ ⇧ ↵', leave: 'Esc' },
  anywhere: { palette: '⌘ K', panels: '[ ]', help: '?' },
} as const;

export function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={open}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={1060}
      centered
      attributes={{ content: { 'aria-label': t('app.shortcuts.title') } }}
    >
      <Sheet onClose={onClose} />
    </Modal>
  );
}

function Sheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { preferences, prefer } = usePreferences();
  const leads = useMe().role !== 'agent';
  // places register their own two-key sequences
  const places = useCommandList().filter(({ keys, label }) => label && keys?.startsWith('g '));
  return (
    <>
      <header className={s.top}>
        <h2 tabIndex={-1} data-autofocus>
          {t('app.shortcuts.title')}
        </h2>
        <ActionIcon onClick={onClose} aria-label={t('ui.close')}>
          <IconX size={17} />
        </ActionIcon>
      </header>
      <div className={s.cols}>
        {Object.entries(groups)
          .filter(([group]) => group !== 'board' || leads)
          .map(([group, rows]) => (
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
        <section>
          <h3>{t('app.group.go')}</h3>
          {places.map(({ id, label, keys = '' }) => (
            <div key={id} className={s.r}>
              <span>{label}</span>
              <span className="sr">{keys.toUpperCase()}</span>
              <Keys keys={keys.toUpperCase()} />
            </div>
          ))}
        </section>
      </div>
      <footer className={s.foot}>
        <Checkbox
          size="xs"
          checked={preferences.singleKeys}
          label={t('app.shortcuts.single')}
          onChange={(event) => prefer({ singleKeys: event.currentTarget.checked })}
        />
      </footer>
    </>
  );
}

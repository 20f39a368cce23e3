import { Button, Menu } from '@mantine/core';
import { IconCalendarClock, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonKeys, Keys } from '../../../ui/Keys.js';
import { MenuChoice } from '../../../ui/MenuChoice.js';
import type { Mode } from './local-item.js';
import { setUndoSeconds, undoChoices, undoSeconds, type UndoSeconds } from './undo-send.js';
import s from '../components/case.module.css';

interface SendButtonsProps {
  mode: Mode;
  phone: boolean;
  idle: boolean;
  /** it goes as soon as its files are up */
  waiting: boolean;
  /** a colleague is answering too, or somebody wrote since */
  clash: boolean;
  onSend: (status: 'open' | 'pending' | 'resolved') => void;
  /** left out where nothing can wait */
  onLater?: () => void;
}

/** The main way to send, and the others beside it. */
export function SendButtons({ mode, phone, idle, waiting, clash, onSend, onLater }: SendButtonsProps) {
  const { t } = useTranslation();
  const [undo, setUndo] = useState(undoSeconds);
  const variant = clash && mode === 'reply' ? 'default' : 'filled';
  const height = phone ? 44 : 32;
  const label = waiting
    ? 'case.composer.waiting'
    : mode === 'note'
      ? 'case.composer.saveNote'
      : clash
        ? 'case.composer.sendToo'
        : phone
          ? 'case.composer.send'
          : 'case.composer.sendWait';
  const main = (
    <Button
      variant={variant}
      h={height}
      disabled={idle}
      onClick={() => onSend('pending')}
      rightSection={phone || waiting ? undefined : <ButtonKeys keys="⌘ ↵" />}
      aria-keyshortcuts="Control+Enter Meta+Enter"
    >
      {t(label)}
    </Button>
  );
  if (mode === 'note') return main;
  const chooseUndo = (seconds: UndoSeconds) => {
    setUndoSeconds(seconds);
    setUndo(seconds);
  };
  return (
    <span className={s.split}>
      {main}
      <Menu position="top-end" width={300}>
        <Menu.Target>
          <Button variant={variant} h={height} disabled={idle} aria-label={t('case.composer.sendOptions')}>
            <IconChevronDown size={15} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item rightSection={<Keys keys="⌘ ↵" />} onClick={() => onSend('pending')}>
            {t('case.composer.sendWaitLong')}
          </Menu.Item>
          <Menu.Item rightSection={<Keys keys="⌘ ⇧ ↵" />} onClick={() => onSend('resolved')}>
            {t('case.composer.sendDone')}
          </Menu.Item>
          <Menu.Item onClick={() => onSend('open')}>{t('case.composer.sendOpen')}</Menu.Item>
          {onLater && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconCalendarClock size={15} stroke={1.8} />} onClick={onLater}>
                {t('case.later.open')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Label>{t('case.later.undoTime')}</Menu.Label>
              {undoChoices.map((seconds) => (
                <MenuChoice
                  key={seconds}
                  value={String(seconds)}
                  checked={undo === seconds}
                  onPick={() => chooseUndo(seconds)}
                >
                  {seconds === 0 ? t('case.later.noUndo') : t('case.later.seconds', { count: seconds })}
                </MenuChoice>
              ))}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

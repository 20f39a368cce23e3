import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ButtonKeys, Keys } from '../../../ui/Keys.js';
import type { Mode } from '../local-item.js';
import s from './case.module.css';

interface SendButtonsProps {
  mode: Mode;
  phone: boolean;
  idle: boolean;
  /** a colleague is answering too */
  clash: boolean;
  onSend: (status: 'open' | 'pending' | 'resolved') => void;
}

/** The main way to send, and the others beside it. */
export function SendButtons({ mode, phone, idle, clash, onSend }: SendButtonsProps) {
  const { t } = useTranslation();
  const variant = clash && mode === 'reply' ? 'default' : 'filled';
  const height = phone ? 44 : 32;
  const label =
    mode === 'note'
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
      rightSection={phone ? undefined : <ButtonKeys keys="⌘ ↵" />}
      aria-keyshortcuts="Control+Enter Meta+Enter"
    >
      {t(label)}
    </Button>
  );
  if (mode === 'note') return main;
  return (
    <span className={s.split}>
      {main}
      <Menu position="top-end" width={280}>
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
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

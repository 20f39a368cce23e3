import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../../ui/toasts.js';
import s from './settings.module.css';

/** Text to take along: an address, a command, a secret that is shown once. */
export function CopyBox({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      // plain http on another host has no clipboard
      showToast({ tone: 'danger', text: t('settings.copy.failed') });
    }
  };
  const word = t(copied ? 'settings.copy.done' : 'settings.copy.do', { what: label });
  return (
    <div className={s.copy}>
      <code>{text}</code>
      <Tooltip label={word}>
        <ActionIcon aria-label={word} onClick={() => void copy()}>
          {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
        </ActionIcon>
      </Tooltip>
      <span className="sr" role="status">
        {copied && word}
      </span>
    </div>
  );
}

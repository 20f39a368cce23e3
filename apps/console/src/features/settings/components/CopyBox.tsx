import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCopy } from './useCopy.js';
import s from './settings.module.css';

/** Text to take along: an address, a command, a secret that is shown once. */
export function CopyBox({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const word = t(copied ? 'settings.copy.done' : 'settings.copy.do', { what: label });
  return (
    <div className={s.copy}>
      <code>{text}</code>
      <Tooltip label={word}>
        <ActionIcon aria-label={word} onClick={() => void copy(text)}>
          {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
        </ActionIcon>
      </Tooltip>
      <span className="sr" role="status">
        {copied && word}
      </span>
    </div>
  );
}

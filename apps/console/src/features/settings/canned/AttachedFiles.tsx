import { ActionIcon, Button, FileButton } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Upload } from '@loket/contracts/cases.js';
import { api } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import g from './canned.module.css';

/** What the server takes. */
const mostFiles = 10;

/** Files that go out with the answer each time. */
export function AttachedFiles({
  files,
  onChange,
  onBusy,
}: {
  files: Upload[];
  onChange: (files: Upload[]) => void;
  onBusy: (busy: boolean) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [running, setRunning] = useState(false);
  const upload = async (chosen: File[]) => {
    setRunning(true);
    onBusy(true);
    const added: Upload[] = [];
    for (const file of chosen.slice(0, mostFiles - files.length)) {
      const form = new FormData();
      form.set('file', file, file.name);
      try {
        added.push(await api<Upload>('/attachments', { method: 'POST', body: form }));
      } catch (error) {
        showToast({ tone: 'danger', text: `${file.name}: ${errorText(t, error)}` });
      }
    }
    onChange([...files, ...added]);
    setRunning(false);
    onBusy(false);
  };
  return (
    <div>
      {files.length > 0 && (
        <ul className={g.files}>
          {files.map((file, at) => (
            <li key={`${file.sha256}${String(at)}`}>
              <IconPaperclip size={14} aria-hidden />
              <span className="cut">{file.name}</span>
              <small>{format.size(file.size)}</small>
              <ActionIcon
                size={24}
                aria-label={t('settings.canned.dropFile', { name: file.name })}
                onClick={() => onChange(files.filter((_, other) => other !== at))}
              >
                <IconX size={13} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {files.length < mostFiles && (
        <FileButton multiple onChange={(chosen) => void upload(chosen)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={running}
              leftSection={<IconPaperclip size={15} stroke={1.8} />}
            >
              {t('settings.canned.attach')}
            </Button>
          )}
        </FileButton>
      )}
    </div>
  );
}

import { Button, FileButton } from '@mantine/core';
import { IconMicrophone, IconPaperclip, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Upload } from '@loket/contracts/cases.js';
import { api } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import type { CallPart } from './TalkTime.js';
import s from './calls.module.css';

function upload(file: File): Promise<Upload> {
  const body = new FormData();
  body.set('file', file, file.name);
  return api('/attachments', { method: 'POST', body });
}

/** A recording, which is played by permission, and files beside it. */
export function CallFiles({ form, change }: CallPart) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = (take: (file: Upload) => void) => (file: File | null) => {
    if (!file) return;
    setBusy(true);
    setError(null);
    upload(file)
      .then(take, setError)
      .finally(() => setBusy(false));
  };
  return (
    <div>
      <div className={s.files}>
        <FileButton accept="audio/*" onChange={send((recording) => change({ recording }))}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              loading={busy}
              leftSection={<IconMicrophone size={14} />}
            >
              {t('calls.log.recording')}
            </Button>
          )}
        </FileButton>
        <FileButton onChange={send((file) => change({ files: [...form.files, file] }))}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              loading={busy}
              leftSection={<IconPaperclip size={14} />}
            >
              {t('calls.log.file')}
            </Button>
          )}
        </FileButton>
        {form.recording && (
          <FileTag name={form.recording.name} onRemove={() => change({ recording: null })} />
        )}
        {form.files.map((file, at) => (
          <FileTag
            key={`${file.sha256}${at}`}
            name={file.name}
            onRemove={() => change({ files: form.files.toSpliced(at, 1) })}
          />
        ))}
      </div>
      {error !== null && (
        <p className={s.error} role="alert">
          {errorText(t, error)}
        </p>
      )}
    </div>
  );
}

function FileTag({ name, onRemove }: { name: string; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <span className={s.file}>
      <span className="cut">{name}</span>
      <button type="button" aria-label={t('calls.log.remove', { name })} onClick={onRemove}>
        <IconX size={13} />
      </button>
    </span>
  );
}

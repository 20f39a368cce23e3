import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Upload } from '@loket/contracts/cases.js';
import { FileIcon } from '../../../ui/FileIcon.js';
import { useFormat } from '../../../ui/useFormat.js';
import type { useUploads } from './useUploads.js';
import s from '../components/case.module.css';

export function AttachButton({
  phone,
  onFiles,
}: {
  phone: boolean;
  onFiles: (files: Iterable<File>) => void;
}) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Tooltip label={t('case.composer.attach')}>
        <ActionIcon
          size={phone ? 44 : 28}
          aria-label={t('case.composer.attach')}
          onClick={() => input.current?.click()}
        >
          <IconPaperclip size={17} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

interface FilesProps {
  files: readonly Upload[];
  uploads: ReturnType<typeof useUploads>;
  onRemove: (at: number) => void;
}

/** What goes with the text: files that are up, on their way, or refused. */
export function ComposerFiles({ files, uploads, onRemove }: FilesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (files.length + uploads.pending.length === 0) return null;
  const remove = (name: string, run: () => void) => (
    <button className={s.attX} aria-label={t('case.composer.remove', { name })} onClick={run}>
      <IconX size={13} />
    </button>
  );
  return (
    <ul className={s.atts} aria-label={t('case.files')}>
      {files.map((file, at) => (
        <li key={`${file.sha256}-${at}`} className={s.att}>
          <FileIcon mediaType={file.mediaType} name={file.name} />
          <span className="cut">{file.name}</span>
          <small>{format.size(file.size)}</small>
          {remove(file.name, () => onRemove(at))}
        </li>
      ))}
      {uploads.pending.map((file) => (
        <li key={file.id} className={s.att} data-failed={file.error !== null || undefined}>
          <FileIcon mediaType={file.mediaType} name={file.name} />
          <span className="cut">{file.name}</span>
          <small role={file.error ? 'alert' : 'status'}>{file.error ?? t('case.composer.uploading')}</small>
          {remove(file.name, () => uploads.remove(file.id))}
        </li>
      ))}
    </ul>
  );
}

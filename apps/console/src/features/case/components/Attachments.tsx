import {
  IconFile,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMusic,
  IconPhoto,
  IconVideo,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '@loket/contracts/cases.js';
import { useFormat } from '../../../ui/useFormat.js';
import s from './case.module.css';

const pictures = /^image\/(png|jpe?g|gif|webp|avif)$/i;

export function FileIcon({ mediaType, size = 15 }: { mediaType: string; size?: number }) {
  const Icon = /^image\//.test(mediaType)
    ? IconPhoto
    : /pdf$/.test(mediaType)
      ? IconFileTypePdf
      : /^audio\//.test(mediaType)
        ? IconMusic
        : /^video\//.test(mediaType)
          ? IconVideo
          : /zip|compressed|tar/.test(mediaType)
            ? IconFileZip
            : /^text\/|word|document|sheet|excel/.test(mediaType)
              ? IconFileText
              : IconFile;
  return <Icon size={size} stroke={1.7} aria-hidden />;
}

/** @param withInline also pictures that belong inside the HTML, when that is not shown */
export function Attachments({ files, withInline }: { files: readonly Attachment[]; withInline: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const listed = files.filter((file) => withInline || !file.inline);
  if (listed.length === 0) return null;
  const shown = listed.filter((file) => pictures.test(file.mediaType));
  const rest = listed.filter((file) => !pictures.test(file.mediaType));
  return (
    <ul className={s.files} aria-label={t('case.files')}>
      {shown.map((file) => (
        <li key={file.id}>
          <a
            className={s.thumb}
            href={file.url}
            target="_blank"
            rel="noreferrer"
            title={`${file.name} · ${format.size(file.size)}`}
          >
            <img src={file.url} alt={file.name} loading="lazy" />
            <span className="cut">{file.name}</span>
            <small>{format.size(file.size)}</small>
          </a>
        </li>
      ))}
      {rest.map((file) => (
        <li key={file.id}>
          <a className={s.file} href={file.url} target="_blank" rel="noreferrer" download={file.name}>
            <FileIcon mediaType={file.mediaType} />
            <span className="cut">{file.name}</span>
            <small>{format.size(file.size)}</small>
          </a>
        </li>
      ))}
    </ul>
  );
}

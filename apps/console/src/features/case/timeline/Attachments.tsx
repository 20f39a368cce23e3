import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment, TimelineMessage } from '@loket/contracts/cases.js';
import { fileKind } from '../../../ui/file-kind.js';
import { useFormat } from '../../../ui/useFormat.js';
import { AudioPlayer } from './AudioPlayer.js';
import { FileRow } from './FileRow.js';
import { Lightbox, type Shown } from './Lightbox.js';
import { PictureGrid } from './PictureGrid.js';
import s from '../components/case.module.css';
import m from './media.module.css';

interface AttachmentsProps {
  files: readonly Attachment[];
  /** also pictures that belong inside the HTML, when that is not shown */
  withInline: boolean;
  /** in a bubble pictures are large and stickers stand by themselves; on a card they are small, with their names */
  chat?: boolean;
  /** whose files they are, where one picture can be answered */
  message?: TimelineMessage;
}

/** Pictures open large, sound and films play where they stand, everything else is for saving. */
export function Attachments({ files, withInline, chat = false, message }: AttachmentsProps) {
  const { t } = useTranslation();
  const listed = files.filter((file) => (withInline || !file.inline) && file.url !== '');
  const onTheirWay = files.filter((file) => file.url === '');
  if (listed.length + onTheirWay.length === 0) return null;
  const of = (file: Attachment) => fileKind(file.mediaType, file.name);
  const photos = listed.filter((file) => of(file) === 'photo' || (!chat && of(file) === 'sticker'));
  const stickers = chat ? listed.filter((file) => of(file) === 'sticker') : [];
  const films = listed.filter((file) => of(file) === 'video');
  const sounds = listed.filter((file) => of(file) === 'voice' || of(file) === 'audio');
  const rest = [...listed.filter((file) => of(file) === 'document'), ...onTheirWay];
  return (
    <>
      {chat && photos.length > 0 && (
        <PictureGrid pictures={photos.map((file) => ({ file, message: message ?? null }))} />
      )}
      {!chat && photos.length > 0 && <Thumbs files={photos} />}
      {stickers.map((file) => (
        <img key={file.id} className={m.sticker} src={file.url} alt={t('ui.file.sticker')} loading="lazy" />
      ))}
      {films.map((file) => (
        <Film key={file.id} file={file} />
      ))}
      {sounds.map((file) => (
        <AudioPlayer key={file.id} file={file} />
      ))}
      {rest.length > 0 && (
        <ul className={s.files} aria-label={t('case.files')}>
          {rest.map((file) => (
            <li key={file.id}>
              <FileRow file={file} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Pictures of a letter: small, with their names. */
function Thumbs({ files }: { files: readonly Attachment[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState<number | null>(null);
  const shown: Shown[] = files.map((file) => ({ file, message: null }));
  return (
    <>
      <ul className={s.files} aria-label={t('case.files')}>
        {files.map((file, at) => (
          <li key={file.id}>
            <button
              className={s.thumb}
              title={`${file.name} · ${format.size(file.size)}`}
              aria-label={t('case.media.enlarge', { name: file.name })}
              onClick={() => setOpen(at)}
            >
              <img src={file.url} alt="" loading="lazy" />
              <span className="cut">{file.name}</span>
              <small>{format.size(file.size)}</small>
            </button>
          </li>
        ))}
      </ul>
      {open !== null && <Lightbox pictures={shown} start={open} onClose={() => setOpen(null)} />}
    </>
  );
}

/** Its place is kept from the start, whatever its shape. What the browser cannot play is offered for saving. */
function Film({ file }: { file: Attachment }) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  if (broken) return <FileRow file={file} />;
  return (
    <video
      className={m.film}
      src={file.url}
      controls
      preload="metadata"
      playsInline
      aria-label={`${t('ui.file.video')}: ${file.name}`}
      onError={() => setBroken(true)}
    />
  );
}

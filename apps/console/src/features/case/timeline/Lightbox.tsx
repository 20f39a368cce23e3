import { ActionIcon, Modal } from '@mantine/core';
import { IconArrowBackUp, IconChevronLeft, IconChevronRight, IconDownload, IconX } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment, TimelineMessage } from '@loket/contracts/cases.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useDesk } from '../desk.js';
import m from './media.module.css';

export interface Shown {
  file: Attachment;
  /** whose picture it is, where it can be answered one by one */
  message: TimelineMessage | null;
}

interface LightboxProps {
  pictures: readonly Shown[];
  /** which one was chosen */
  start: number;
  onClose: () => void;
}

/** Pictures as large as the window: ← → between them, Esc back to where one was. A click shows the picture's full size. */
export function Lightbox({ pictures, start, onClose }: LightboxProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const desk = useDesk();
  const [at, setAt] = useState(start);
  const [full, setFull] = useState(false);
  const shown = pictures[at];
  if (!shown) return null;
  const { file, message } = shown;
  const step = (by: number) => {
    setFull(false);
    setAt((now) => (now + by + pictures.length) % pictures.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by && pictures.length > 1) {
      event.preventDefault();
      step(by);
    }
  };
  return (
    <Modal
      opened
      fullScreen
      onClose={onClose}
      withCloseButton={false}
      attributes={{ content: { 'aria-label': t('case.media.viewer') } }}
      classNames={{ content: m.viewer ?? '', body: m.viewerBody ?? '' }}
      onKeyDown={onKeyDown}
    >
      <header className={m.viewerHead}>
        <span className="cut grow">
          <b>{file.name}</b> <small>{format.size(file.size)}</small>
        </span>
        {pictures.length > 1 && (
          <span className={m.count} role="status">
            {t('case.media.nth', { n: at + 1, count: pictures.length })}
          </span>
        )}
        {message && desk.canQuote(message) && (
          <ActionIcon
            size={36}
            aria-label={t('case.act.replyTo')}
            title={t('case.act.replyTo')}
            onClick={() => {
              onClose();
              desk.wish({ kind: 'quote', message });
            }}
          >
            <IconArrowBackUp size={19} stroke={1.8} />
          </ActionIcon>
        )}
        <ActionIcon
          size={36}
          component="a"
          href={file.url}
          download={file.name}
          aria-label={t('case.media.save')}
          title={t('case.media.save')}
        >
          <IconDownload size={19} stroke={1.8} />
        </ActionIcon>
        <ActionIcon size={36} data-autofocus aria-label={t('ui.close')} onClick={onClose}>
          <IconX size={20} stroke={1.8} />
        </ActionIcon>
      </header>
      <div
        className={m.stage}
        data-full={full || undefined}
        onClick={(event) => event.target === event.currentTarget && onClose()}
      >
        <img key={file.id} src={file.url} alt={message?.text || file.name} onClick={() => setFull(!full)} />
        {pictures.length > 1 && (
          <>
            <ActionIcon
              className={m.prev ?? ''}
              size={44}
              aria-label={t('case.media.previous')}
              onClick={() => step(-1)}
            >
              <IconChevronLeft size={24} stroke={1.8} />
            </ActionIcon>
            <ActionIcon
              className={m.next ?? ''}
              size={44}
              aria-label={t('case.media.next')}
              onClick={() => step(1)}
            >
              <IconChevronRight size={24} stroke={1.8} />
            </ActionIcon>
          </>
        )}
      </div>
      {message?.text && <p className={m.viewerText}>{message.text}</p>}
    </Modal>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, CreateReply, ReplyOption } from '@loket/contracts/cases.js';
import type { OutboundPreview } from '@loket/contracts/outbound.js';
import type { Draft } from '../../../api/drafts.js';
import { errorText } from '../../../api/error-text.js';
import { Dialog } from '../../../ui/Dialog.js';
import { FileIcon } from '../../../ui/FileIcon.js';
import { Skeleton, useLate } from '../../../ui/Skeleton.js';
import { useFormat } from '../../../ui/useFormat.js';
import { previewReply } from '../api.js';
import { MailHtml } from '../timeline/MailHtml.js';
import s from './composer.module.css';

interface MailPreviewProps {
  detail: CaseDetail;
  option: ReplyOption;
  draft: Draft;
  onClose: () => void;
}

const noFiles = { attachments: [] };

/** The mail as the customer will get it: made by the server, by what sends it. */
export function MailPreview({ detail, option, draft, onClose }: MailPreviewProps) {
  const { t } = useTranslation();
  const { channelId, identityId } = option;
  const reply: CreateReply = {
    text: draft.text.trim(),
    attachments: draft.attachments,
    ...(draft.html && { html: draft.html }),
    channelId,
    identityId,
  };
  const preview = useQuery({
    queryKey: ['reply-preview', detail.id, reply],
    queryFn: ({ signal }) => previewReply(detail.id, reply, signal),
    // what stands below the words may be another by the next time
    gcTime: 0,
    retry: false,
  });
  const late = useLate(preview.isPending);
  return (
    <Dialog title={t('case.preview.title')} onClose={onClose} width={680}>
      {preview.data ? (
        <Mail preview={preview.data} />
      ) : preview.error ? (
        <p className={s.previewHint} role="alert">
          {t('case.preview.failed', { problem: errorText(t, preview.error) })}
        </p>
      ) : (
        <div style={{ minHeight: 160 }}>{late && <Skeleton lines={4} />}</div>
      )}
    </Dialog>
  );
}

function Mail({ preview }: { preview: OutboundPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { from, to, cc, replyTo, subject, text, html, attachments } = preview;
  const lines: [string, string][] = [
    [t('case.preview.from'), boxes([from])],
    [t('case.preview.to'), boxes(to)],
    ...(cc.length > 0 ? [[t('case.preview.cc'), boxes(cc)] satisfies [string, string]] : []),
    ...(replyTo === null ? [] : [[t('case.preview.replyTo'), replyTo] satisfies [string, string]]),
    [t('case.preview.subject'), subject],
  ];
  return (
    <>
      <dl className={s.head}>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={s.mailBody}>
        {html === null ? (
          <div className={s.plainMail} tabIndex={0} role="document" aria-label={t('case.html.title')}>
            {text}
          </div>
        ) : (
          <MailHtml message={noFiles} html={html} />
        )}
      </div>
      {attachments.length > 0 && (
        <ul className={s.previewFiles} aria-label={t('case.files')}>
          {attachments.map((file, at) => (
            <li key={`${file.name}-${at}`}>
              <FileIcon mediaType={file.mediaType} name={file.name} />
              <span className="cut">{file.name}</span>
              <small>{format.size(file.size)}</small>
            </li>
          ))}
        </ul>
      )}
      <p className={s.previewHint}>{t('case.preview.hint')}</p>
    </>
  );
}

function boxes(of: OutboundPreview['to']): string {
  return of
    .map(({ name, address }) => (name && name !== address ? `${name} <${address}>` : address))
    .join(', ');
}

import { useTranslation } from 'react-i18next';
import type { CaseDetail, ReplyOption } from '@loket/contracts/cases.js';
import type { Draft } from '../../../api/drafts.js';
import { Dialog } from '../../../ui/Dialog.js';
import { FileIcon } from '../../../ui/FileIcon.js';
import { useFormat } from '../../../ui/useFormat.js';
import { mailSubject } from './mail-subject.js';
import { htmlOf } from './rich-text.js';
import { MailHtml } from '../timeline/MailHtml.js';
import s from './composer.module.css';

interface MailPreviewProps {
  detail: CaseDetail;
  option: ReplyOption;
  draft: Draft;
  onClose: () => void;
}

const noFiles = { attachments: [] };

/** The mail as the customer will get it. */
export function MailPreview({ detail, option, draft, onClose }: MailPreviewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { channelName, channelAddress, address } = option;
  const customer = detail.customer.name;
  const lines: [string, string][] = [
    [t('case.preview.from'), channelAddress ? `${channelName} <${channelAddress}>` : channelName],
    [t('case.preview.to'), customer && customer !== address ? `${customer} <${address}>` : address],
    [t('case.preview.subject'), mailSubject(option.subject ?? null, detail)],
  ];
  return (
    <Dialog title={t('case.preview.title')} onClose={onClose} width={680}>
      <dl className={s.head}>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={s.mailBody}>
        <MailHtml message={noFiles} html={draft.html ?? htmlOf(draft.text)} />
      </div>
      {draft.attachments.length > 0 && (
        <ul className={s.previewFiles} aria-label={t('case.files')}>
          {draft.attachments.map((file, at) => (
            <li key={`${file.sha256}-${at}`}>
              <FileIcon mediaType={file.mediaType} name={file.name} />
              <span className="cut">{file.name}</span>
              <small>{format.size(file.size)}</small>
            </li>
          ))}
        </ul>
      )}
      <p className={s.previewHint}>{t('case.preview.hint')}</p>
    </Dialog>
  );
}

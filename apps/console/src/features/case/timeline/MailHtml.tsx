import { IconPhotoOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { HtmlFrame } from '../../../ui/HtmlFrame.js';
import { mailFrame } from '../../../ui/mail-frame.js';
import s from '../components/case.module.css';

/** A mail as its sender laid it out. Pictures from elsewhere wait to be asked for. */
export function MailHtml({ message, html }: { message: Pick<TimelineMessage, 'attachments'>; html: string }) {
  const { t } = useTranslation();
  const [showRemote, setShowRemote] = useState(false);
  const { srcdoc, remoteImages } = useMemo(
    () => mailFrame(html, message.attachments, { showRemote, origin: window.location.origin }),
    [html, message.attachments, showRemote],
  );
  return (
    <div className={s.html}>
      {remoteImages > 0 && !showRemote && (
        <div className={s.remote}>
          <IconPhotoOff size={15} stroke={1.8} />
          <span className="grow">{t('case.html.remote', { count: remoteImages })}</span>
          <button onClick={() => setShowRemote(true)}>{t('case.html.show')}</button>
        </div>
      )}
      <HtmlFrame title={t('case.html.title')} srcdoc={srcdoc} />
    </div>
  );
}

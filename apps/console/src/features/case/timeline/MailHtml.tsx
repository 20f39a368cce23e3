import { IconPhotoOff } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { mailFrame } from './mail-frame.js';
import s from '../components/case.module.css';

const tallest = 20_000;

/**
 * A mail as its sender laid it out, in a frame without scripts, forms or plugins. `allow-same-origin` lets us measure
 * it and lets its pictures carry the session; without `allow-scripts` nothing inside can make use of that.
 */
export function MailHtml({ message, html }: { message: Pick<TimelineMessage, 'attachments'>; html: string }) {
  const { t } = useTranslation();
  const [showRemote, setShowRemote] = useState(false);
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(120);
  const [loads, setLoads] = useState(0);
  const { srcdoc, remoteImages } = useMemo(
    () => mailFrame(html, message.attachments, { showRemote, origin: window.location.origin }),
    [html, message.attachments, showRemote],
  );
  useEffect(() => {
    const body = frame.current?.contentDocument?.body;
    if (!body) return;
    const measure = () => setHeight(Math.min(tallest, Math.max(40, body.scrollHeight)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(body);
    return () => observer.disconnect();
  }, [loads]);
  return (
    <div className={s.html}>
      {remoteImages > 0 && !showRemote && (
        <div className={s.remote}>
          <IconPhotoOff size={15} stroke={1.8} />
          <span className="grow">{t('case.html.remote', { count: remoteImages })}</span>
          <button onClick={() => setShowRemote(true)}>{t('case.html.show')}</button>
        </div>
      )}
      <iframe
        ref={frame}
        title={t('case.html.title')}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={srcdoc}
        style={{ height }}
        onLoad={() => setLoads((n) => n + 1)}
      />
    </div>
  );
}

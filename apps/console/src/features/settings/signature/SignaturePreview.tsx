import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fillSignature, type SignatureValues } from '@loket/contracts/signature-text.js';
import { HtmlFrame } from '../../../ui/HtmlFrame.js';
import { mailFrame } from '../../../ui/mail-frame.js';
import { htmlOf } from '../../../ui/rich/plain-html.js';
import g from './signature.module.css';

interface SignaturePreviewProps {
  signature: { text: string; html?: string | null | undefined };
  values: SignatureValues;
}

/** An answer with the signature below it, as a customer reads it. */
export function SignaturePreview({ signature, values }: SignaturePreviewProps) {
  const { t } = useTranslation();
  const [look, setLook] = useState<'looks' | 'plain'>('looks');
  const filled = fillSignature(signature, values);
  const formatted = filled?.html != null;
  const answer = t('settings.signature.sampleAnswer');
  const laidOut = filled?.html ?? null;
  const srcdoc = useMemo(() => {
    if (laidOut === null) return null;
    const below = `<div style="margin-top:16px">${laidOut.replaceAll('<p>', '<p style="margin:0">')}</div>`;
    const whole = `<p style="margin:0;color:#676d71">${htmlOf(answer).slice(3, -4)}</p>${below}`;
    return mailFrame(whole, [], { showRemote: false, origin: window.location.origin }).srcdoc;
  }, [laidOut, answer]);
  return (
    <div className={g.preview}>
      <div className={g.previewHead}>
        <span>{t('settings.signature.preview')}</span>
        {formatted && (
          <SegmentedControl
            size="xs"
            aria-label={t('settings.signature.look')}
            value={look}
            onChange={setLook}
            data={[
              { value: 'looks', label: t('settings.signature.looks') },
              { value: 'plain', label: t('settings.signature.plain') },
            ]}
          />
        )}
      </div>
      <div className={g.paper}>
        {srcdoc !== null && look === 'looks' ? (
          <HtmlFrame title={t('settings.signature.frame')} srcdoc={srcdoc} />
        ) : (
          <div className={g.plain}>
            <span>{answer}</span>
            {filled && `\n\n-- \n${filled.text}`}
          </div>
        )}
      </div>
      {!filled && <p className={g.hint}>{t('settings.signature.nothing')}</p>}
    </div>
  );
}

import { Button, Checkbox } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from './toasts.js';
import s from './second-factor.module.css';

/** The one time that recovery codes are shown: goes on only when one says that they are kept. */
export function RecoveryCodes({
  codes,
  account,
  doneLabel,
  onDone,
}: {
  codes: readonly string[];
  /** whose they are, for the file's name */
  account: string;
  doneLabel: string;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  const top = useRef<HTMLParagraphElement>(null);
  // the form's button has gone, and with it the focus
  useEffect(() => top.current?.focus(), []);
  const text = codes.join('\n');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => showToast({ text: t('ui.secondFactor.copied') }),
      // plain http on another host has no clipboard
      () => showToast({ tone: 'danger', text: t('ui.secondFactor.notCopied') }),
    );
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`Loket · ${account}\n\n${text}\n`)}`;
  return (
    <div>
      <p ref={top} tabIndex={-1}>
        {t('ui.secondFactor.codesWhy')}
      </p>
      <ul className={s.codes} aria-label={t('ui.secondFactor.codes')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={s.acts}>
        <Button variant="default" size="xs" onClick={() => void copy()}>
          {t('ui.secondFactor.copy')}
        </Button>
        <Button variant="default" size="xs" component="a" href={file} download={`loket-${account}.txt`}>
          {t('ui.secondFactor.save')}
        </Button>
      </div>
      <Checkbox
        label={t('ui.secondFactor.kept')}
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Button mt={16} disabled={!kept} onClick={onDone}>
        {doneLabel}
      </Button>
    </div>
  );
}

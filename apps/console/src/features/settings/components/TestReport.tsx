import { IconCheck, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionReport, ConnectionStep } from '@loket/contracts/channels.js';
import { errorText } from '../../../api/error-text.js';
import { useFormat } from '../../../ui/useFormat.js';
import { failureText } from '../failure-text.js';
import { ServerWords } from './StatusLine.js';
import s from './settings.module.css';

/** What a connection test found, line by line, as it ran. */
export function TestReport({ report, error }: { report: ConnectionReport | undefined; error: unknown }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (report || error) box.current?.scrollIntoView({ block: 'nearest' });
  }, [report, error]);
  return (
    <div ref={box} role="status" className={s.test} hidden={!report && !error}>
      {error ? (
        <p className={s.note} data-tone="danger">
          {errorText(t, error)}
        </p>
      ) : null}
      {report?.steps.map((step) => (
        <Step key={step.step} step={step} />
      ))}
      {report?.ok && <span className="sr">{t('settings.test.ok')}</span>}
    </div>
  );
}

function Step({ step: { step, ok, ms, code, detail, data } }: { step: ConnectionStep }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = Object.fromEntries(
    Object.entries(data ?? {}).map(([key, value]) => [
      key,
      typeof value === 'number' ? format.number(value) : value,
    ]),
  );
  const known =
    ok && data?.messages !== undefined ? 'counted' : ok && data?.name !== undefined ? 'named' : null;
  return (
    <div className={s.t}>
      {ok ? (
        <IconCheck size={16} stroke={2.2} color="var(--lk-ok)" aria-label={t('settings.test.passed')} />
      ) : (
        <IconX size={16} stroke={2.2} color="var(--lk-danger)" aria-label={t('settings.test.failed')} />
      )}
      <span>
        {t(`settings.step.${step}.${known ?? (ok ? 'ok' : 'failed')}`, { defaultValue: step, ...shown })}
      </span>
      <span className={s.ms}>{format.number(ms)} ms</span>
      {!ok && <p className={s.err}>{failureText(t, code)}</p>}
      {!ok && detail && <ServerWords text={detail} />}
    </div>
  );
}

import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecondFactorState } from '@loket/contracts/second-factor.js';
import { Chip } from '../../../ui/Chip.js';
import { useFormat } from '../../../ui/useFormat.js';
import { Loaded } from '../components/Loaded.js';
import c from '../components/settings.module.css';
import { ProveDialog } from './ProveDialog.js';
import { SetUpDialog } from './SetUpDialog.js';
import { useSecondFactor } from './api.js';
import s from './security.module.css';

/** A second step of signing in: on or off, and what there is to do about it. */
export function SecondFactorPanel() {
  const { t } = useTranslation();
  return (
    <section className={c.panel}>
      <h2>{t('settings.security.secondFactor')}</h2>
      <p>{t('settings.security.secondFactorWhy')}</p>
      <Loaded query={useSecondFactor()}>{(state) => <State state={state} />}</Loaded>
    </section>
  );
}

function State({ state }: { state: SecondFactorState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState<'setUp' | 'renew' | 'remove' | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const { on, since, recoveryCodesLeft: left, required, reset } = state;
  const close = () => {
    setOpen(null);
    // the button that opened the dialog may have gone with what it did
    setTimeout(() => {
      if (document.activeElement === document.body) box.current?.querySelector('button')?.focus();
    }, 50);
  };
  return (
    <div ref={box}>
      {reset && (
        <p className={c.note} style={{ marginBottom: 12 }}>
          {t('settings.security.resetBy', {
            name: reset.by?.name ?? t('settings.security.someone'),
            at: format.full(reset.at),
          })}
        </p>
      )}
      <p className={s.state}>
        <Chip {...(on && { tone: 'ok' as const })}>
          {t(on ? 'settings.security.on' : 'settings.security.off')}
        </Chip>
        {on && since !== null && (
          <span>
            {t('settings.security.since', { at: format.full(since) })} ·{' '}
            <span data-low={left <= 3 || undefined}>{t('settings.security.codesLeft', { count: left })}</span>
          </span>
        )}
        {!on && required && <span>{t('settings.security.required')}</span>}
      </p>
      <div className={s.acts}>
        {on ? (
          <>
            <Button variant="default" onClick={() => setOpen('renew')}>
              {t('settings.security.renew')}
            </Button>
            {!required && (
              <Button variant="subtle" onClick={() => setOpen('remove')}>
                {t('settings.security.remove')}
              </Button>
            )}
          </>
        ) : (
          <Button onClick={() => setOpen('setUp')}>{t('settings.security.setUp')}</Button>
        )}
      </div>
      {on && required && <small className={c.dim}>{t('settings.security.cannotRemove')}</small>}
      {open === 'setUp' && <SetUpDialog onClose={close} />}
      {open !== null && open !== 'setUp' && <ProveDialog wish={open} onClose={close} />}
    </div>
  );
}

import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { useChannels } from '../../api/channels.js';
import { useMe } from '../../api/session.js';
import { useSwitchLocale } from '../../app/preferences.js';
import { LangSwitch } from '../../ui/LangSwitch.js';
import { Wordmark } from '../../ui/Logo.js';
import { Loaded } from './components/Loaded.js';
import { ConnectStep } from './onboarding/ConnectStep.js';
import { TryStep } from './onboarding/TryStep.js';
import s from './onboarding/onboarding.module.css';

/** After the first sign-in: connect a mailbox, then see the first mail arrive. Each step can be left out. */
export function OnboardingPage() {
  const channels = useChannels();
  return (
    <Loaded query={channels}>
      {(items) => <Steps mailbox={items.findLast((one) => one.kind === 'email')} />}
    </Loaded>
  );
}

function Steps({ mailbox }: { mailbox: Channel | undefined }) {
  const { t } = useTranslation();
  const me = useMe();
  const switchLocale = useSwitchLocale();
  const [wanted, setWanted] = useState<'connect' | 'try' | null>(null);
  const step = mailbox ? (wanted ?? 'try') : 'connect';
  const steps = ['connect', 'try'] as const;
  return (
    <div className={s.ob}>
      <title>{`${t('settings.onboarding.title')} · Loket`}</title>
      <nav className={s.steps} aria-label={t('settings.onboarding.steps')}>
        <Wordmark size={18} />
        <ol>
          {steps.map((one, index) => (
            <li key={one}>
              <button
                className={s.step}
                aria-current={one === step ? 'step' : undefined}
                data-done={(one === 'connect' && mailbox && step === 'try') || undefined}
                disabled={one === 'try' && !mailbox}
                onClick={() => setWanted(one)}
              >
                <i>
                  {one === 'connect' && mailbox && step === 'try' ? (
                    <IconCheck size={13} stroke={2.4} />
                  ) : (
                    index + 1
                  )}
                </i>
                <b>{t(`settings.onboarding.${one}.step`)}</b>
                <small>{t(`settings.onboarding.${one}.stepWhy`)}</small>
              </button>
            </li>
          ))}
        </ol>
        <div>
          <LangSwitch value={me.locale} onChange={switchLocale} />
        </div>
      </nav>
      <main className={s.stage}>
        {step === 'try' && mailbox ? (
          <TryStep channel={mailbox} onBack={() => setWanted('connect')} />
        ) : (
          <ConnectStep channel={mailbox} onSaved={() => setWanted('try')} />
        )}
      </main>
    </div>
  );
}

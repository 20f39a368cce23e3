import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import type { ChannelKind } from '@loket/contracts/channels.js';
import type { OnboardingStep } from '@loket/contracts/preferences.js';
import { useChannels } from '../../api/channels.js';
import { useMe } from '../../api/session.js';
import { onboardingSteps, useOnboarding, type Onboarding } from '../../app/onboarding.js';
import { useSwitchLocale } from '../../app/preferences.js';
import { LangSwitch } from '../../ui/LangSwitch.js';
import { Wordmark } from '../../ui/Logo.js';
import { Loaded } from './components/Loaded.js';
import { ConnectStep } from './onboarding/ConnectStep.js';
import { InviteStep } from './onboarding/InviteStep.js';
import { TryStep } from './onboarding/TryStep.js';
import s from './onboarding/onboarding.module.css';

/**
 * After the first sign-in: connect a channel, invite people, try it. Each step can be left out and taken up later; the
 * address says which one it is, and what there is says which are done.
 */
export function OnboardingPage() {
  const onboarding = useOnboarding();
  const channels = useChannels();
  return <Loaded query={channels}>{() => onboarding && <Steps onboarding={onboarding} />}</Loaded>;
}

function Steps({ onboarding }: { onboarding: Onboarding }) {
  const { t } = useTranslation();
  const me = useMe();
  const [, go] = useLocation();
  const { step: asked, kind } = useParams<{ step?: string; kind?: string }>();
  const switchLocale = useSwitchLocale();
  const { done, skipped, next, skip } = onboarding;
  const step = onboardingSteps.find((one) => one === asked) ?? next ?? 'try';
  const onwards = () => {
    skip(step);
    const after = onboardingSteps[onboardingSteps.indexOf(step) + 1];
    go(after ? `/setup/${after}` : '/inbox/all');
  };
  return (
    <div className={s.ob}>
      <title>{`${t('settings.onboarding.title')} · Loket`}</title>
      <nav className={s.steps} aria-label={t('settings.onboarding.steps')}>
        <Wordmark size={18} />
        <ol>
          {onboardingSteps.map((one, index) => (
            <li key={one}>
              <button
                className={s.step}
                aria-current={one === step ? 'step' : undefined}
                data-done={done[one] || undefined}
                onClick={() => go(`/setup/${one}`)}
              >
                <i>{done[one] ? <IconCheck size={13} stroke={2.4} /> : index + 1}</i>
                <b>
                  {t(`settings.onboarding.${one}.step`)}
                  {done[one] && <span className="sr"> · {t('settings.onboarding.done')}</span>}
                </b>
                <small>
                  {skipped.includes(one) && !done[one]
                    ? t('settings.onboarding.skipped')
                    : t(`settings.onboarding.${one}.stepWhy`)}
                </small>
              </button>
            </li>
          ))}
        </ol>
        <div>
          <LangSwitch value={me.locale} onChange={switchLocale} />
        </div>
      </nav>
      <main className={s.stage}>
        <Step key={`${step} ${kind ?? ''}`} step={step} kind={kind} onwards={onwards} />
      </main>
    </div>
  );
}

const kinds: readonly ChannelKind[] = ['whatsapp', 'email', 'webchat', 'phone'];

function Step({
  step,
  kind,
  onwards,
}: {
  step: OnboardingStep;
  kind: string | undefined;
  onwards: () => void;
}) {
  if (step === 'connect') return <ConnectStep kind={kinds.find((one) => one === kind)} onDone={onwards} />;
  if (step === 'invite') return <InviteStep onDone={onwards} />;
  return <TryStep onDone={onwards} />;
}

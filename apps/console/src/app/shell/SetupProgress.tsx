import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconListCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useMe } from '../../api/session.js';
import { onboardingSteps, useOnboarding } from '../onboarding.js';
import s from './shell.module.css';

/** How far the workspace is set up, for admins, until it is or they put this away. */
export function SetupProgress({ mini = false }: { mini?: boolean }) {
  return useMe().role === 'admin' ? <Progress mini={mini} /> : null;
}

function Progress({ mini }: { mini: boolean }) {
  const { t } = useTranslation();
  const onboarding = useOnboarding();
  if (onboarding === null || onboarding.closed) return null;
  const { done, next, close } = onboarding;
  const reached = onboardingSteps.filter((step) => done[step]).length;
  if (reached === onboardingSteps.length) return null;
  const to = `/setup/${next ?? onboardingSteps.find((step) => !done[step]) ?? 'try'}`;
  const label = t('app.setup.progress', { reached, of: onboardingSteps.length });
  if (mini) {
    return (
      <Tooltip label={label} position="right">
        <Link href={to} aria-label={label}>
          <IconListCheck size={18} stroke={1.7} />
        </Link>
      </Tooltip>
    );
  }
  return (
    <section className={s.setup} aria-label={t('app.setup.title')}>
      <header>
        <Link href={to} className="grow">
          {label}
        </Link>
        <ActionIcon size="sm" onClick={close} aria-label={t('app.setup.close')}>
          <IconX size={13} />
        </ActionIcon>
      </header>
      <ul>
        {onboardingSteps.map((step) => (
          <li key={step} data-done={done[step] || undefined}>
            <Link href={`/setup/${step}`}>
              <IconCheck size={13} stroke={2.2} aria-hidden />
              {t(`app.setup.${step}`)}
              {done[step] && <span className="sr"> · {t('app.setup.done')}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

import type { OnboardingStep } from '@loket/contracts/preferences.js';
import { useAgentRefs, useCaseCounts } from '../api/cases.js';
import { useChannels } from '../api/channels.js';
import { useInvitations } from '../api/invitations.js';
import { usePreferences } from './preferences.js';

export const onboardingSteps: readonly OnboardingStep[] = ['connect', 'invite', 'try'];

export interface Onboarding {
  done: Record<OnboardingStep, boolean>;
  skipped: readonly OnboardingStep[];
  /** where to go on: the first step that is neither done nor left out; null when there is none */
  next: OnboardingStep | null;
  /** he has put the list away */
  closed: boolean;
  skip: (step: OnboardingStep) => void;
  close: () => void;
}

/**
 * How far the workspace is set up, by what there is: a channel, a colleague (or one who is invited), a case. So it is right after a reload, in
 * another browser, and when somebody else did a step. null while that is not known.
 */
export function useOnboarding(): Onboarding | null {
  const channels = useChannels().data;
  const people = useAgentRefs().data;
  const counts = useCaseCounts().data;
  // asked for only while nobody else works here
  const invited = useInvitations(people?.length === 1).data?.items ?? [];
  const { preferences, prefer } = usePreferences();
  if (!channels || !people || !counts) return null;
  const { onboardingSkipped: skipped, onboardingClosed: closed } = preferences;
  const done = {
    connect: channels.length > 0,
    invite: people.length > 1 || invited.length > 0,
    try: counts.all > 0,
  };
  return {
    done,
    skipped,
    next: onboardingSteps.find((step) => !done[step] && !skipped.includes(step)) ?? null,
    closed,
    skip: (step) => {
      if (!done[step] && !skipped.includes(step)) prefer({ onboardingSkipped: [...skipped, step] });
    },
    close: () => prefer({ onboardingClosed: true }),
  };
}

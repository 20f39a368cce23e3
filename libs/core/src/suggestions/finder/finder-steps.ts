import { burstStep } from './burst.js';
import type { FinderStep } from './finder-step.js';
import { linkageStep } from './linkage-step.js';
import { obsoleteStep } from './obsolete-step.js';
import { profileStep } from './profile-step.js';
import { saidStep } from './said-step.js';
import { SameCaseStep } from './same-case-step.js';

/** What is looked for in every batch of events, in this order: a step sees what those before it have written. */
export function finderSteps(): readonly FinderStep[] {
  return [obsoleteStep, profileStep, linkageStep, saidStep, new SameCaseStep(), burstStep];
}

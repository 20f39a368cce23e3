import { settleMerged } from '../settle-merged.queries.js';
import type { FinderStep } from './finder-step.js';

/** Suggestions about what has been merged meanwhile settle themselves. */
export const obsoleteStep: FinderStep = {
  async run({ moved, log, now, write }) {
    if (moved.caseIds.size + moved.customerIds.size === 0) return;
    await write((tx) => settleMerged(tx, log, moved, now));
  },
};

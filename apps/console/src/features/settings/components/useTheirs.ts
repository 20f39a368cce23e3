import { conflicting } from '../conflicting.js';

/** What of a mutation a form has to know. */
export interface Saving<Input, Saved> {
  mutate: (input: Input, then: { onSuccess: (saved: Saved) => void }) => void;
  error: unknown;
  isPending: boolean;
  reset: () => void;
}

/**
 * Somebody else who saved first: what `SettingsForm` asks about it, and which version is to be overwritten then.
 *
 * @param base what the form started from
 * @param restart begins the form anew from what somebody else saved
 */
export function useTheirs<T extends { version: number }>(
  update: Pick<Saving<never, T>, 'error' | 'reset'>,
  base: T | null,
  restart: (from: T) => void,
) {
  const theirs = conflicting<T>(update.error);
  return {
    /** for `SettingsForm` */
    asked: {
      theirs: theirs !== null,
      onTake: () => {
        if (theirs) restart(theirs);
        update.reset();
      },
    },
    versionFor: (over: boolean): number | undefined => (over && theirs ? theirs : base)?.version,
  };
}

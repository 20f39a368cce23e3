import { useState } from 'react';
import { showToast } from '../../../ui/toasts.js';
import { useEdited } from './useEdited.js';
import { useTheirs, type Saving } from './useTheirs.js';

/**
 * A form over settings of which a company has one: name, hours, languages.
 *
 * @param bodyOf what to save, or null while something is wrong; the fields say then what (`asked`)
 * @param savedText told when it is saved
 */
export function useWorkspaceForm<T extends { version: number }, F extends object, B extends object>(
  stored: T,
  formOf: (stored: T) => F,
  {
    update,
    bodyOf,
    savedText,
  }: {
    update: Saving<B & { version: number }, T>;
    bodyOf: (form: F) => B | null;
    savedText: string;
  },
) {
  const { base, form, change, restart, dirty } = useEdited(stored, formOf);
  const [asked, setAsked] = useState(false);
  const conflict = useTheirs(update, base, restart);
  const onSave = (over: boolean, release: () => void) => {
    setAsked(true);
    const body = bodyOf(form);
    if (!body) return;
    const then = {
      onSuccess: (saved: T) => {
        release();
        setAsked(false);
        restart(saved);
        showToast({ text: savedText });
      },
    };
    update.mutate({ ...body, version: conflict.versionFor(over) ?? base.version }, then);
  };
  return {
    form,
    change,
    asked,
    /** for `SettingsForm` */
    frame: { ...conflict.asked, dirty, saving: update.isPending, error: update.error, onSave },
  };
}

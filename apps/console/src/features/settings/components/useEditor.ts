import { useState } from 'react';
import { useEdited } from './useEdited.js';
import { useTheirs, type Saving } from './useTheirs.js';

/**
 * A form over one thing of a list, or over a new one: what it starts from, what somebody else saved meanwhile, and how
 * it is saved.
 *
 * @param stored null = a new one
 * @param bodyOf what to save, or null while something is wrong; the fields say then what (`asked`)
 */
export function useEditor<T extends { id: string; version: number }, F extends object, B extends object>(
  stored: T | null,
  formOf: (stored: T | null) => F,
  {
    create,
    update,
    bodyOf,
    onSaved,
  }: {
    create: Saving<B, T>;
    update: Saving<B & { id: string; version?: number }, T>;
    bodyOf: (form: F) => B | null;
    onSaved: (saved: T) => void;
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
        onSaved(saved);
      },
    };
    const version = conflict.versionFor(over);
    if (base) update.mutate({ ...body, id: base.id, ...(version !== undefined && { version }) }, then);
    else create.mutate(body, then);
  };
  return {
    base,
    form,
    change,
    /** saving was tried: what is missing may be said */
    asked,
    error: create.error ?? update.error,
    /** for `SettingsForm` */
    frame: {
      ...conflict.asked,
      dirty,
      isNew: base === null,
      saving: create.isPending || update.isPending,
      onSave,
    },
  };
}

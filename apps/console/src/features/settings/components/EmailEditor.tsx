import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { errorText } from '../../../api/error-text.js';
import {
  conflictingChannel,
  useCreateChannel,
  useTestChannel,
  useUpdateChannel,
} from '../../../api/channels.js';
import { emptyForm, formOf, type StoredConfig } from '../email-form.js';
import { versionToChange } from '../version-to-change.js';
import { Conflict } from './Conflict.js';
import { EmailFields } from './EmailFields.js';
import { TestReport } from './TestReport.js';
import { useEmailForm } from './useEmailForm.js';
import { useUnsaved } from './useUnsaved.js';
import s from './settings.module.css';

/** Settings of a mailbox: fill in, test, save. Without `channel` it makes a new one. */
export function EmailEditor({
  channel,
  onSaved,
}: {
  channel?: Channel;
  onSaved: (channel: Channel) => void;
}) {
  const { t } = useTranslation();
  // what the form started from; live changes of the status do not touch it
  const [base, setBase] = useState(channel);
  const stored = (base?.config ?? {}) as StoredConfig;
  const state = useEmailForm(base ? formOf(base) : emptyForm(), stored);
  const unsaved = useUnsaved(state.dirty);
  const test = useTestChannel();
  const create = useCreateChannel();
  const update = useUpdateChannel();
  const saving = create.isPending || update.isPending;
  const failure = create.error ?? update.error;
  const theirs = conflictingChannel(update.error);

  const done = (saved: Channel) => {
    unsaved.release();
    setBase(saved);
    state.reset(formOf(saved));
    onSaved(saved);
  };
  const onError = (error: unknown) => state.refuse(error);
  const save = (version = versionToChange(base, channel)) => {
    if (!state.check() || saving) return;
    const { name } = state;
    const config = state.config();
    if (base) {
      const fields = { id: base.id, name, config, ...(version !== undefined && { version }) };
      update.mutate(fields, { onSuccess: done, onError });
    } else create.mutate({ kind: 'email', name, config }, { onSuccess: done, onError });
  };
  const tryIt = () => {
    if (!state.check() || test.isPending) return;
    const config = state.config();
    test.mutate({ kind: 'email', config, ...(base && { channelId: base.id }) }, { onError });
  };
  const takeTheirs = () => {
    if (!theirs) return;
    setBase(theirs);
    state.reset(formOf(theirs));
    update.reset();
  };
  const testable = state.form.receive || state.form.send;
  return (
    <form
      className={s.panel}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <EmailFields state={state} stored={stored} />
      <TestReport report={test.data} error={test.error} />
      <div className={s.bar}>
        {theirs && <Conflict onTake={takeTheirs} onKeep={() => save(theirs.version)} />}
        {failure && !theirs && (
          <p className={s.note} data-tone="danger" role="alert">
            {errorText(t, failure)}
          </p>
        )}
        {testable && (
          <Button variant="default" onClick={tryIt} loading={test.isPending}>
            {t(test.data ? 'settings.test.again' : 'settings.test.do')}
          </Button>
        )}
        <span className={`grow ${s.dim}`}>{state.dirty && base && t('settings.unsaved.mark')}</span>
        <Button type="submit" loading={saving} disabled={base !== undefined && !state.dirty}>
          {t('ui.save')}
        </Button>
      </div>
      {unsaved.question}
    </form>
  );
}

import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import {
  conflictingChannel,
  useCreateChannel,
  useTestChannel,
  useUpdateChannel,
} from '../../../api/channels.js';
import { errorText } from '../../../api/error-text.js';
import { versionToChange } from '../version-to-change.js';
import { formOf, type StoredConfig } from '../whatsapp-form.js';
import { Conflict } from './Conflict.js';
import { TestReport } from './TestReport.js';
import { useUnsaved } from './useUnsaved.js';
import { useWhatsappForm } from './useWhatsappForm.js';
import { WhatsappFields } from './WhatsappFields.js';
import s from './settings.module.css';

/** Settings of a WhatsApp number: which way in, fill in, test, save. Without `channel` it makes a new one. */
export function WhatsappEditor({
  channel,
  onSaved,
}: {
  channel?: Channel;
  /** @param verifyToken as it was typed; it is not shown again by the server, and Meta still wants it */
  onSaved: (channel: Channel, verifyToken: string | null) => void;
}) {
  const { t } = useTranslation();
  // what the form started from; live changes of the status do not touch it
  const [base, setBase] = useState(channel);
  const stored = (base?.config ?? {}) as StoredConfig;
  const state = useWhatsappForm(formOf(base), stored);
  const unsaved = useUnsaved(state.dirty);
  const test = useTestChannel();
  const create = useCreateChannel();
  const update = useUpdateChannel();
  const saving = create.isPending || update.isPending;
  const failure = create.error ?? update.error;
  const theirs = conflictingChannel(update.error);
  const { form } = state;

  const done = (saved: Channel) => {
    const verifyToken = (form.way === 'cloud' && form.cloud.verifyToken.trim()) || null;
    unsaved.release();
    setBase(saved);
    state.reset(formOf(saved));
    onSaved(saved, verifyToken);
  };
  const onError = (error: unknown) => state.refuse(error);
  const save = (version = versionToChange(base, channel)) => {
    if (!state.check() || saving) return;
    const { name } = state;
    const config = state.config();
    if (base) {
      const fields = { id: base.id, name, config, ...(version !== undefined && { version }) };
      update.mutate(fields, { onSuccess: done, onError });
    } else create.mutate({ kind: 'whatsapp', name, config }, { onSuccess: done, onError });
  };
  const tryIt = () => {
    if (!state.check() || test.isPending) return;
    const config = state.config();
    test.mutate({ kind: 'whatsapp', config, ...(base && { channelId: base.id }) }, { onError });
  };
  const takeTheirs = () => {
    if (!theirs) return;
    setBase(theirs);
    state.reset(formOf(theirs));
    update.reset();
  };
  return (
    <form
      className={s.panel}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <WhatsappFields state={state} stored={stored} made={base !== undefined} onWay={() => test.reset()} />
      <TestReport report={test.data} error={test.error} />
      <div className={s.bar}>
        {theirs && <Conflict onTake={takeTheirs} onKeep={() => save(theirs.version)} />}
        {failure && !theirs && (
          <p className={s.note} data-tone="danger" role="alert">
            {errorText(t, failure)}
          </p>
        )}
        {form.way !== 'none' && (
          <Button variant="default" onClick={tryIt} loading={test.isPending}>
            {t(test.data ? 'settings.test.again' : 'settings.test.do')}
          </Button>
        )}
        <span className={`grow ${s.dim}`}>{state.dirty && base && t('settings.unsaved.mark')}</span>
        <Button type="submit" loading={saving} disabled={base !== undefined && !state.dirty}>
          {t(!base && form.way === 'web' ? 'settings.whatsapp.saveAndLink' : 'ui.save')}
        </Button>
      </div>
      {unsaved.question}
    </form>
  );
}

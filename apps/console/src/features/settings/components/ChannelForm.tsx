import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, ChannelKind } from '@loket/contracts/channels.js';
import {
  conflictingChannel,
  useCreateChannel,
  type useTestChannel,
  useUpdateChannel,
} from '../../../api/channels.js';
import { errorText } from '../../../api/error-text.js';
import { versionToChange } from '../version-to-change.js';
import { Conflict } from './Conflict.js';
import { TestReport } from './TestReport.js';
import { useUnsaved } from './useUnsaved.js';
import s from './settings.module.css';

export interface ChannelFormState {
  name: string;
  config: () => Record<string, unknown>;
  dirty: boolean;
  /** @returns whether it can be sent; if not, the fields say why from now on */
  check: () => boolean;
  /** Puts what the server says about fields beside them. */
  refuse: (error: unknown) => void;
}

/** What every kind's settings have around their fields: test, save, unsaved changes, somebody else who was quicker. */
export function ChannelForm({
  kind,
  base,
  latest,
  state,
  test,
  saveLabel,
  onSaved,
  onTheirs,
  children,
}: {
  kind: ChannelKind;
  /** what the form started from; left out, it makes a new channel */
  base: Channel | undefined;
  /** the same channel as it is now */
  latest: Channel | undefined;
  state: ChannelFormState;
  /** where these settings can be tried before they are saved */
  test?: ReturnType<typeof useTestChannel> | null;
  saveLabel?: string;
  onSaved: (channel: Channel) => void;
  /** the reader gives his changes up for those of somebody else */
  onTheirs: (channel: Channel) => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const unsaved = useUnsaved(state.dirty);
  const create = useCreateChannel();
  const update = useUpdateChannel();
  const saving = create.isPending || update.isPending;
  const failure = create.error ?? update.error;
  const theirs = conflictingChannel(update.error);
  const outcome = {
    onSuccess: (saved: Channel) => {
      unsaved.release();
      onSaved(saved);
    },
    onError: state.refuse,
  };
  const save = (version = versionToChange(base, latest)) => {
    if (!state.check() || saving) return;
    const { name } = state;
    const config = state.config();
    if (base)
      update.mutate({ id: base.id, name, config, ...(version !== undefined && { version }) }, outcome);
    else create.mutate({ kind, name, config }, outcome);
  };
  const tryIt = () => {
    if (!state.check() || !test || test.isPending) return;
    const settings = { kind, config: state.config(), ...(base && { channelId: base.id }) };
    test.mutate(settings, { onError: state.refuse });
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
      {children}
      {test && <TestReport report={test.data} error={test.error} />}
      <div className={s.bar}>
        {theirs && (
          <Conflict
            onTake={() => {
              onTheirs(theirs);
              update.reset();
            }}
            onKeep={() => save(theirs.version)}
          />
        )}
        {failure && !theirs && (
          <p className={s.note} data-tone="danger" role="alert">
            {errorText(t, failure)}
          </p>
        )}
        {test && (
          <Button variant="default" onClick={tryIt} loading={test.isPending}>
            {t(test.data ? 'settings.test.again' : 'settings.test.do')}
          </Button>
        )}
        <span className={`grow ${s.dim}`}>{state.dirty && base && t('settings.unsaved.mark')}</span>
        <Button type="submit" loading={saving} disabled={base !== undefined && !state.dirty}>
          {saveLabel ?? t('ui.save')}
        </Button>
      </div>
      {unsaved.question}
    </form>
  );
}

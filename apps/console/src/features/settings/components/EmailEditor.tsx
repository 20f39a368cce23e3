import { useState } from 'react';
import type { Channel } from '@loket/contracts/channels.js';
import { useTestChannel } from '../../../api/channels.js';
import { emptyForm, formOf, type StoredConfig } from '../email-form.js';
import { ChannelForm } from './ChannelForm.js';
import { EmailFields } from './EmailFields.js';
import { useEmailForm } from './useEmailForm.js';

/** Settings of a mailbox: fill in, test, save. Without `channel` it makes a new one. */
export function EmailEditor({
  channel,
  onSaved,
}: {
  channel?: Channel;
  onSaved: (channel: Channel) => void;
}) {
  // what the form started from; live changes of the status do not touch it
  const [base, setBase] = useState(channel);
  const stored = (base?.config ?? {}) as StoredConfig;
  const state = useEmailForm(base ? formOf(base) : emptyForm(), stored);
  const test = useTestChannel();

  const restart = (from: Channel) => {
    setBase(from);
    state.reset(formOf(from));
  };
  return (
    <ChannelForm
      kind="email"
      base={base}
      latest={channel}
      state={state}
      test={state.form.receive || state.form.send ? test : null}
      onSaved={(saved) => {
        restart(saved);
        onSaved(saved);
      }}
      onTheirs={restart}
    >
      <EmailFields state={state} stored={stored} />
    </ChannelForm>
  );
}

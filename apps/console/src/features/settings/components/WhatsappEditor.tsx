import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { useTestChannel } from '../../../api/channels.js';
import { formOf, type StoredConfig } from '../whatsapp-form.js';
import { ChannelForm } from './ChannelForm.js';
import { useWhatsappForm } from './useWhatsappForm.js';
import { WhatsappFields } from './WhatsappFields.js';

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
  const test = useTestChannel();
  const { form } = state;

  const restart = (from: Channel) => {
    setBase(from);
    state.reset(formOf(from));
  };
  return (
    <ChannelForm
      kind="whatsapp"
      base={base}
      latest={channel}
      state={state}
      test={form.way === 'none' ? null : test}
      {...(!base && form.way === 'web' && { saveLabel: t('settings.whatsapp.saveAndLink') })}
      onSaved={(saved) => {
        const verifyToken = (form.way === 'cloud' && form.cloud.verifyToken.trim()) || null;
        restart(saved);
        onSaved(saved, verifyToken);
      }}
      onTheirs={restart}
    >
      <WhatsappFields state={state} stored={stored} made={base !== undefined} onWay={() => test.reset()} />
    </ChannelForm>
  );
}

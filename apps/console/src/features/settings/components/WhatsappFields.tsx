import { Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StoredConfig } from '../whatsapp-form.js';
import { CloudFields, Groups } from './CloudFields.js';
import { RiskNote } from './RiskNote.js';
import type { useWhatsappForm } from './useWhatsappForm.js';
import { WhatsappWays } from './WhatsappWays.js';
import { CountrySelect } from './CountrySelect.js';
import s from './settings.module.css';

/** Every setting of a WhatsApp number (`whatsappConfigSchema`). */
export function WhatsappFields({
  state,
  stored,
  made,
  onWay,
}: {
  state: ReturnType<typeof useWhatsappForm>;
  stored: StoredConfig;
  /** the channel is there already */
  made: boolean;
  onWay: () => void;
}) {
  const { t } = useTranslation();
  const { form, problem, change } = state;
  const { web, cloud } = form;
  return (
    <div className={s.form}>
      <WhatsappWays
        value={form.way}
        settled={made}
        onChange={(way) => {
          change({ way });
          onWay();
        }}
      />
      {form.way === 'web' && !stored.web && <RiskNote />}
      <fieldset>
        <div className={s.halves}>
          <TextInput
            label={t('settings.channels.name')}
            placeholder={form.address || t('settings.whatsapp.nameExample')}
            value={form.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={problem('name')}
          />
          <TextInput
            label={t('settings.generic.address.whatsapp')}
            placeholder="+62 812 …"
            value={form.address}
            onChange={(event) => change({ address: event.currentTarget.value })}
            error={problem('address')}
            type="tel"
            autoComplete="off"
          />
        </div>
      </fieldset>
      {form.way === 'cloud' && (
        <fieldset>
          <CloudFields
            cloud={cloud}
            stored={stored}
            problem={problem}
            change={(part) => change({ cloud: { ...cloud, ...part } })}
          />
        </fieldset>
      )}
      {form.way === 'web' && (
        <fieldset>
          <Groups checked={web.groups} onChange={(groups) => change({ web: { ...web, groups } })} />
          <Checkbox
            label={t('settings.whatsapp.takeover')}
            description={t('settings.whatsapp.takeoverWhy')}
            checked={web.takeoverOnConflict}
            onChange={(event) => change({ web: { ...web, takeoverOnConflict: event.currentTarget.checked } })}
          />
        </fieldset>
      )}
      <fieldset>
        {form.way === 'none' && (
          <p className={s.note} data-tone="plain">
            {t('settings.whatsapp.fedOnly')}
          </p>
        )}
        <div className={s.halves}>
          <CountrySelect
            value={form.defaultRegion}
            onChange={(defaultRegion) => change({ defaultRegion })}
            error={problem('defaultRegion')}
          />
          <NumberInput
            label={t('settings.generic.reopen')}
            description={t('settings.generic.reopenWhy')}
            value={form.reopenWithinHours}
            onChange={(hours) => change({ reopenWithinHours: typeof hours === 'number' ? hours : '' })}
            min={0}
            max={8760}
            allowDecimal={false}
            hideControls
            error={problem('reopenWithinHours')}
          />
        </div>
      </fieldset>
    </div>
  );
}

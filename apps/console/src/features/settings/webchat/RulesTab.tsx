import { MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { useChannels } from '../../../api/channels.js';
import c from '../components/settings.module.css';
import { fileTypeGroups, knownFileTypes } from '../file-types.js';
import type { ContinueBy } from '../webchat-form.js';
import { mostMegabytes } from '../webchat-problems.js';
import type { TabProps } from './useWebchatForm.js';
import { CountrySelect } from '../components/CountrySelect.js';
import s from './webchat.module.css';
/** In which order an address is asked for; `` = not at all. */
const orders = ['', 'email', 'phone', 'email,phone', 'phone,email'] as const;

/** Files, answers that follow a visitor who has left, and how what he writes becomes a case. */
export function RulesTab({ state }: TabProps) {
  const { t } = useTranslation();
  const { form, problem, change } = state;
  const { files, continuity } = form;
  const mails = useChannels().data?.some(sendsMail) ?? true;
  return (
    <>
      <fieldset>
        <Switch
          label={t('settings.webchat.files')}
          checked={files.on}
          onChange={(event) => change({ files: { ...files, on: event.currentTarget.checked } })}
        />
        {files.on && <FileFields state={state} />}
      </fieldset>
      <fieldset>
        <Select
          label={t('settings.webchat.continueBy')}
          description={t('settings.webchat.continueByWhy')}
          data={orders.map((value) => ({
            value,
            label: t(`settings.webchat.continue.${value.replace(',', '_') || 'none'}`),
          }))}
          value={form.continueBy.join(',')}
          allowDeselect={false}
          onChange={(order) =>
            change({ continueBy: (order ?? '').split(',').filter(Boolean) as ContinueBy[] })
          }
          error={problem('continueBy')}
        />
        <Switch
          label={t('settings.webchat.continuity')}
          description={t('settings.webchat.continuityWhy')}
          checked={continuity.on}
          onChange={(event) => change({ continuity: { ...continuity, on: event.currentTarget.checked } })}
        />
        {continuity.on && (
          <NumberInput
            label={t('settings.webchat.afterSeconds')}
            suffix={` ${t('settings.webchat.seconds')}`}
            allowDecimal={false}
            hideControls
            value={continuity.afterSeconds}
            onChange={(value) =>
              change({ continuity: { ...continuity, afterSeconds: typeof value === 'number' ? value : '' } })
            }
            error={problem('continuity.afterSeconds')}
          />
        )}
        {continuity.on && !mails && <p className={c.note}>{t('settings.webchat.noMail')}</p>}
      </fieldset>
      <fieldset>
        <TextInput
          label={t('settings.generic.address.webchat')}
          description={t('settings.webchat.addressWhy')}
          placeholder="toko.example"
          maxLength={320}
          value={form.address}
          onChange={(event) => change({ address: event.currentTarget.value })}
          error={problem('address')}
        />
        <div className={c.halves}>
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
            allowDecimal={false}
            hideControls
            error={problem('reopenWithinHours')}
          />
        </div>
      </fieldset>
    </>
  );
}

function FileFields({ state }: TabProps) {
  const { t } = useTranslation();
  const { form, problem, change } = state;
  const { files } = form;
  const others = files.types.filter((type) => !knownFileTypes.has(type));
  return (
    <>
      <MultiSelect
        label={t('settings.webchat.fileTypes')}
        description={t('settings.webchat.fileTypesWhy')}
        data={[
          ...fileTypeGroups.map(({ group, types }) => ({
            group: t(`settings.webchat.fileGroup.${group}`),
            items: types.map(([value, label]) => ({ value, label })),
          })),
          ...(others.length > 0 ? [{ group: t('settings.webchat.fileGroup.other'), items: others }] : []),
        ]}
        value={files.types}
        onChange={(types) => change({ files: { ...files, types } })}
        withScrollArea={false}
        classNames={{ options: s.options ?? '' }}
        error={problem('files.types')}
      />
      <NumberInput
        label={t('settings.webchat.fileSize')}
        suffix=" MB"
        max={mostMegabytes}
        clampBehavior="none"
        hideControls
        value={files.maxMegabytes}
        onChange={(value) =>
          change({ files: { ...files, maxMegabytes: typeof value === 'number' ? value : '' } })
        }
        error={problem('files.maxBytes')}
      />
    </>
  );
}

function sendsMail({ enabled, capabilities, config }: Channel): boolean {
  const { send, sendsTo, sendNeeds } = capabilities;
  return enabled && send && sendsTo.includes('email') && (!sendNeeds || config[sendNeeds] !== undefined);
}

import { PasswordInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PhoneForm } from '../phone-form.js';
import s from './settings.module.css';

interface PhoneFieldsProps {
  form: PhoneForm;
  change: (part: Partial<PhoneForm>) => void;
  /** a secret is stored already */
  stored: boolean;
  refused: readonly string[];
}

/** How a telephone system tells its calls, and who may listen. */
export function PhoneFields({ form, change, stored, refused }: PhoneFieldsProps) {
  const { t } = useTranslation();
  const choose = (values: readonly string[], group: 'format' | 'role') =>
    values.map((value) => ({ value, label: t(`settings.phone.${group}.${value || 'none'}`) }));
  return (
    <>
      <div className={s.halves}>
        <Select
          label={t('settings.phone.webhook')}
          data={choose(['', 'generic', 'twilio', '3cx'], 'format')}
          value={form.format}
          allowDeselect={false}
          onChange={(format) => change({ format: (format ?? '') as PhoneForm['format'] })}
        />
        {form.format !== '' && (
          <PasswordInput
            label={t(`settings.phone.secret.${form.format}`)}
            placeholder={stored ? t('settings.phone.secretStored') : ''}
            autoComplete="new-password"
            value={form.secret}
            onChange={(event) => change({ secret: event.currentTarget.value })}
          />
        )}
      </div>
      <div className={s.halves}>
        <TextInput
          label={t('settings.phone.csv')}
          description={t('settings.phone.csvWhy')}
          placeholder="/var/log/asterisk/cdr-csv/Master.csv"
          value={form.csvPath}
          onChange={(event) => change({ csvPath: event.currentTarget.value })}
          error={refused.includes('config.masterCsv.path') && t('settings.phone.csvWrong')}
        />
        {form.csvPath.trim() !== '' && (
          <TextInput
            label={t('settings.phone.zone')}
            value={form.timeZone}
            onChange={(event) => change({ timeZone: event.currentTarget.value })}
            error={refused.includes('config.masterCsv.timeZone') && t('settings.wrong.other')}
          />
        )}
      </div>
      <div className={s.halves}>
        <Select
          label={t('settings.phone.recordings')}
          data={choose(['agent', 'supervisor', 'admin'], 'role')}
          value={form.recordings}
          allowDeselect={false}
          onChange={(role) => role && change({ recordings: role as PhoneForm['recordings'] })}
        />
        <Select
          label={t('settings.phone.language')}
          data={[
            { value: 'id', label: 'Bahasa Indonesia' },
            { value: 'en', label: 'English' },
          ]}
          value={form.language}
          allowDeselect={false}
          onChange={(language) => language && change({ language })}
        />
      </div>
      <TagsInput
        label={t('settings.phone.dispositions')}
        description={t('settings.phone.dispositionsWhy')}
        placeholder={form.dispositions.length === 0 ? t('settings.phone.dispositionsHint') : ''}
        value={form.dispositions}
        onChange={(dispositions) => change({ dispositions })}
        maxTags={50}
        acceptValueOnBlur
        clearable={false}
        error={
          refused.some((path) => path.startsWith('config.dispositions')) &&
          t('settings.phone.dispositionsWrong')
        }
      />
      <Switch
        label={t('settings.phone.trust')}
        description={t('settings.phone.trustWhy')}
        checked={form.trustCallerId}
        onChange={(event) => change({ trustCallerId: event.currentTarget.checked })}
      />
    </>
  );
}

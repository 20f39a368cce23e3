import { Checkbox, NumberInput, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CertificateField } from './ServerFields.js';
import type { EmailFormState } from './useEmailForm.js';
import s from './settings.module.css';

/** Settings that most mailboxes never need, each with its reason in one line. */
export function AdvancedFields({ state }: { state: EmailFormState }) {
  const { t } = useTranslation();
  const { form, problem, change, changeImap, changeSmtp } = state;
  const wrong = ['aliases', 'trustedAuthservIds', 'maxBytes'].some((field) => problem(field));
  return (
    <details className={s.more} open={wrong || undefined}>
      <summary>{t('settings.email.advanced')}</summary>
      <div>
        <Checkbox
          label={t('settings.email.plus')}
          description={t('settings.email.plusWhy')}
          checked={form.plusAddressing}
          onChange={(event) => change({ plusAddressing: event.currentTarget.checked })}
        />
        <TagsInput
          label={t('settings.email.aliases')}
          description={t('settings.email.aliasesWhy')}
          value={form.aliases}
          onChange={(aliases) => change({ aliases })}
          error={problem('aliases')}
          maxTags={50}
          acceptValueOnBlur
        />
        <TagsInput
          label={t('settings.email.authserv')}
          description={t('settings.email.authservWhy')}
          value={form.trustedAuthservIds}
          onChange={(trustedAuthservIds) => change({ trustedAuthservIds })}
          error={problem('trustedAuthservIds')}
          maxTags={10}
          acceptValueOnBlur
        />
        <Checkbox
          label={t('settings.email.checkDkim')}
          description={t('settings.email.checkDkimWhy')}
          checked={form.checkDkim}
          onChange={(event) => change({ checkDkim: event.currentTarget.checked })}
        />
        <NumberInput
          label={t('settings.email.maxSize')}
          description={t('settings.email.maxSizeWhy')}
          value={form.maxMegabytes}
          onChange={(value) => change({ maxMegabytes: typeof value === 'number' ? value : '' })}
          min={0.01}
          max={100}
          hideControls
          error={problem('maxBytes')}
        />
        {form.receive && <CertificateField of="imap" server={form.imap} change={changeImap} />}
        {form.send && <CertificateField of="smtp" server={form.smtp} change={changeSmtp} />}
      </div>
    </details>
  );
}

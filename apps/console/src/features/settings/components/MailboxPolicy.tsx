import { Checkbox, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EmailFormState } from './useEmailForm.js';
import s from './settings.module.css';

const policies = ['leave', 'mark_seen', 'move'] as const;

/** Which folders are read, and what becomes of a mail once it is stored. */
export function MailboxPolicy({ state }: { state: EmailFormState }) {
  const { t } = useTranslation();
  const { form, problem, changeImap } = state;
  const { imap } = form;
  return (
    <>
      <TagsInput
        label={t('settings.email.folders')}
        description={t('settings.email.foldersWhy')}
        value={imap.mailboxes}
        onChange={(mailboxes) => changeImap({ mailboxes })}
        error={problem('imap.mailboxes')}
        maxTags={20}
        acceptValueOnBlur
      />
      <div className={s.halves}>
        <Select
          label={t('settings.email.afterStore')}
          data={policies.map((value) => ({ value, label: t(`settings.email.after.${value}`) }))}
          value={imap.afterStore}
          onChange={(afterStore) => afterStore && changeImap({ afterStore })}
          allowDeselect={false}
        />
        {imap.afterStore === 'move' && (
          <TextInput
            label={t('settings.email.moveTo')}
            description={t('settings.email.moveToWhy')}
            value={imap.moveTo}
            onChange={(event) => changeImap({ moveTo: event.currentTarget.value })}
            error={problem('imap.moveTo')}
          />
        )}
      </div>
      <Checkbox
        label={t('settings.email.importExisting')}
        description={t('settings.email.importExistingWhy')}
        checked={imap.importExisting}
        onChange={(event) => changeImap({ importExisting: event.currentTarget.checked })}
      />
    </>
  );
}

import { ActionIcon, Button, Checkbox, PasswordInput, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { hasStored, newVerifyToken, type CloudForm, type StoredConfig } from '../whatsapp-form.js';
import type { FieldProblem } from './useEmailForm.js';
import { useCopy } from './useCopy.js';
import s from './settings.module.css';
import w from './whatsapp.module.css';

/** The number on Meta's Cloud API (`whatsappCloudSchema`). */
export function CloudFields({
  cloud,
  stored,
  problem,
  change,
}: {
  cloud: CloudForm;
  stored: StoredConfig;
  problem: FieldProblem;
  change: (part: Partial<CloudForm>) => void;
}) {
  const { t } = useTranslation();
  const keeps = (secret: 'accessToken' | 'appSecret') =>
    hasStored(stored, secret) ? t('settings.whatsapp.kept') : '';
  return (
    <>
      <div className={s.halves}>
        <TextInput
          label={t('settings.whatsapp.phoneNumberId')}
          description={t('settings.whatsapp.phoneNumberIdWhy')}
          value={cloud.phoneNumberId}
          onChange={(event) => change({ phoneNumberId: event.currentTarget.value })}
          error={problem('cloud.phoneNumberId')}
          inputMode="numeric"
          autoComplete="off"
        />
        <TextInput
          label={t('settings.whatsapp.businessAccountId')}
          description={t('settings.whatsapp.businessAccountIdWhy')}
          value={cloud.businessAccountId}
          onChange={(event) => change({ businessAccountId: event.currentTarget.value })}
          error={problem('cloud.businessAccountId')}
          inputMode="numeric"
          autoComplete="off"
        />
      </div>
      {(['accessToken', 'appSecret'] as const).map((key) => (
        <PasswordInput
          key={key}
          label={t(`settings.whatsapp.${key}`)}
          description={t(`settings.whatsapp.${key}Why`)}
          placeholder={keeps(key)}
          value={cloud[key]}
          onChange={(event) => change({ [key]: event.currentTarget.value })}
          error={problem(`cloud.${key}`)}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('settings.whatsapp.show') }}
        />
      ))}
      <VerifyToken cloud={cloud} stored={stored} problem={problem} change={change} />
      <Checkbox
        label={t('settings.whatsapp.markRead')}
        description={t('settings.whatsapp.markReadWhy')}
        checked={cloud.markRead}
        onChange={(event) => change({ markRead: event.currentTarget.checked })}
      />
      <Groups checked={cloud.groups} onChange={(groups) => change({ groups })} />
    </>
  );
}

/** Made here, shown until it is saved, and to be typed in at Meta. */
function VerifyToken({ cloud: { verifyToken }, stored, problem, change }: Parameters<typeof CloudFields>[0]) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const word = t(copied ? 'settings.copy.done' : 'settings.copy.do', {
    what: t('settings.whatsapp.verifyToken'),
  });
  const kept = hasStored(stored, 'verifyToken');
  return (
    <div className={w.withButton}>
      <TextInput
        label={t('settings.whatsapp.verifyToken')}
        description={t(
          verifyToken ? 'settings.whatsapp.verifyTokenCopy' : 'settings.whatsapp.verifyTokenWhy',
        )}
        placeholder={kept ? t('settings.whatsapp.kept') : ''}
        value={verifyToken}
        onChange={(event) => change({ verifyToken: event.currentTarget.value })}
        error={problem('cloud.verifyToken')}
        spellCheck={false}
        autoComplete="off"
        className="grow"
        rightSection={
          verifyToken && (
            <Tooltip label={word}>
              <ActionIcon aria-label={word} onClick={() => void copy(verifyToken)}>
                {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
              </ActionIcon>
            </Tooltip>
          )
        }
      />
      <Button variant="default" onClick={() => change({ verifyToken: newVerifyToken() })}>
        {t(kept || verifyToken ? 'settings.whatsapp.newToken' : 'settings.whatsapp.makeToken')}
      </Button>
    </div>
  );
}

export function Groups({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Checkbox
      label={t('settings.whatsapp.groups')}
      description={t('settings.whatsapp.groupsWhy')}
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

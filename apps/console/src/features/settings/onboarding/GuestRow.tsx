import { ActionIcon, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isBlank, problemsOf, type Guest } from '../guests.js';
import s from './onboarding.module.css';

/** Mail, name and role of one colleague. */
export function GuestRow({
  guest,
  position,
  asked,
  refused,
  onChange,
  onRemove,
}: {
  guest: Guest;
  position: number;
  /** whether to say what is wrong */
  asked: boolean;
  /** why the server did not take him */
  refused: string | undefined;
  onChange: (part: Partial<Guest>) => void;
  onRemove?: () => void;
}) {
  const { t } = useTranslation();
  const problems = asked && !isBlank(guest) ? problemsOf(guest) : [];
  return (
    <fieldset className={s.guest}>
      <legend className="sr">{t('settings.onboarding.invite.person', { position })}</legend>
      <TextInput
        label={t('settings.people.email')}
        type="email"
        autoComplete="off"
        value={guest.email}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
        error={refused ?? (problems.includes('email') && t('settings.missing.address'))}
      />
      <TextInput
        label={t('settings.people.name')}
        autoComplete="off"
        value={guest.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={problems.includes('name') && t('settings.missing.name')}
      />
      <Select
        label={t('settings.people.role')}
        data={(['agent', 'supervisor', 'admin'] as const).map((role) => ({
          value: role,
          label: t(`ui.role.${role}`),
        }))}
        value={guest.role}
        allowDeselect={false}
        onChange={(role) => role && onChange({ role })}
      />
      {onRemove ? (
        <ActionIcon onClick={onRemove} aria-label={t('settings.onboarding.invite.remove', { position })}>
          <IconX size={15} />
        </ActionIcon>
      ) : (
        <span />
      )}
    </fieldset>
  );
}

import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Dialog } from '../../../ui/Dialog.js';
import type { Role } from '@loket/contracts/access.js';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { useWorkspace } from '../../../api/workspace.js';
import { currentLocale } from '../../../app/i18n.js';
import { useCreateAgent } from '../api.js';
import { newPassword } from '../new-password.js';
import { Handover } from './Handover.js';
import s from '../components/settings.module.css';

/** A new colleague. The password is made here, shown once, and known to nobody afterwards. */
export function AddPerson({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const create = useCreateAgent();
  const workspace = useWorkspace().data;
  const [password] = useState(() => newPassword());
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const [asked, setAsked] = useState(false);
  const { error } = create;
  const taken = error instanceof ApiError && error.code === 'email_taken';
  const badEmail = !/^\S+@\S+\.\S+$/.test(email.trim());
  const refused = error instanceof ApiError && error.issues.some((issue) => issue.path === 'email');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!name.trim() || badEmail || create.isPending) return;
    create.mutate({
      name: name.trim(),
      email: email.trim(),
      role,
      password,
      locale: workspace?.locale ?? currentLocale(),
    });
  };
  if (create.data) {
    const { id } = create.data;
    return (
      <Handover
        person={create.data}
        password={password}
        onClose={() => {
          onClose();
          // what routing knows of him comes next
          go(`/settings/people/${id}`);
        }}
      />
    );
  }
  const emailProblem = () => {
    if (taken) return t('settings.people.emailTaken');
    return ((asked && badEmail) || refused) && t('settings.missing.address');
  };
  return (
    <Dialog onClose={onClose} title={t('settings.people.add')}>
      <form onSubmit={submit} noValidate className={s.form}>
        <TextInput
          data-autofocus
          label={t('settings.people.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={asked && !name.trim() && t('settings.missing.name')}
        />
        <TextInput
          label={t('settings.people.email')}
          type="email"
          value={email}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            create.reset();
          }}
          error={emailProblem()}
        />
        <Select
          label={t('settings.people.role')}
          description={t(`settings.people.may.${role}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={(['agent', 'supervisor', 'admin'] as const).map((one) => ({
            value: one,
            label: t(`ui.role.${one}`),
          }))}
          value={role}
          onChange={(next) => next && setRole(next)}
          allowDeselect={false}
        />
        {error && !taken && !refused && (
          <p className={s.note} data-tone="danger" role="alert">
            {errorText(t, error)}
          </p>
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('settings.people.add')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog.js';
import type { Scope } from '@loket/contracts/access.js';
import { errorText } from '../../../api/error-text.js';
import { useCreateToken } from '../api.js';
import { CopyBox } from './CopyBox.js';
import s from './settings.module.css';

const scopes: Scope[] = ['inbound', 'read', 'write', 'admin'];

/** Name and scopes; then the token, this once. */
export function NewToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCreateToken();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Scope[]>([]);
  const [asked, setAsked] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!name.trim() || chosen.length === 0 || create.isPending) return;
    create.mutate({ name: name.trim(), scopes: chosen });
  };
  const made = create.data;
  if (made) {
    return (
      <Dialog firm onClose={onClose} title={made.name}>
        <p className={s.note} data-tone="plain" style={{ marginBottom: 14 }}>
          {t('settings.tokens.once')}
        </p>
        <CopyBox text={made.token} label={t('settings.tokens.token')} />
        <Group justify="flex-end" mt={18}>
          <Button data-autofocus onClick={onClose}>
            {t('settings.tokens.kept')}
          </Button>
        </Group>
      </Dialog>
    );
  }
  return (
    <Dialog onClose={onClose} title={t('settings.tokens.add')}>
      <form onSubmit={submit} noValidate className={s.form}>
        <TextInput
          data-autofocus
          label={t('settings.tokens.name')}
          placeholder={t('settings.tokens.nameExample')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={asked && !name.trim() && t('settings.missing.name')}
        />
        <Checkbox.Group
          label={t('settings.tokens.scopes')}
          value={chosen}
          onChange={(next) => setChosen(scopes.filter((scope) => next.includes(scope)))}
          error={asked && chosen.length === 0 && t('settings.tokens.needScope')}
        >
          <div className={s.scope} style={{ paddingTop: 4 }}>
            {scopes.map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={
                  <>
                    {t(`settings.tokens.can.${scope}`)} <code className={s.dim}>{scope}</code>
                  </>
                }
                description={t(`settings.tokens.scope.${scope}`)}
              />
            ))}
          </div>
        </Checkbox.Group>
        {create.error && (
          <p className={s.note} data-tone="danger" role="alert">
            {errorText(t, create.error)}
          </p>
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('settings.tokens.do')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

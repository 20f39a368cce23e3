import { Button, Group, Switch, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { SavedFilter, SavedView } from '@loket/contracts/saved-views.js';
import { errorText } from '../../api/error-text.js';
import { useMe } from '../../api/session.js';
import { Dialog } from '../../ui/Dialog.js';
import { showToast } from '../../ui/toasts.js';
import { useCreateView, useUpdateView } from './api.js';
import { FilterWords } from './FilterWords.js';
import { viewAddress } from './view-address.js';

interface SaveViewDialogProps {
  /** what the list shows now */
  filter: SavedFilter;
  onClose: () => void;
}

/** "Save this view": gives the list as it is a name, and a place in the rail. */
export function SaveViewDialog({ filter, onClose }: SaveViewDialogProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const create = useCreateView();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim() || create.isPending) return;
    create.mutate(
      { name: name.trim(), filter, shared },
      {
        onSuccess: (view) => {
          showToast({ text: t('views.saved', { name: view.name }) });
          onClose();
          go(viewAddress(view.filter, view.id));
        },
      },
    );
  };
  return (
    <Dialog title={t('views.save')} onClose={onClose}>
      <form onSubmit={submit}>
        <FilterWords filter={filter} />
        <ViewFields
          name={name}
          onName={setName}
          shared={shared}
          onShared={setShared}
          error={create.error && errorText(t, create.error)}
        />
        <Buttons pending={create.isPending} able={name.trim() !== ''} onClose={onClose} />
      </form>
    </Dialog>
  );
}

/** Another name, and for supervisors who sees it. */
export function EditViewDialog({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const { t } = useTranslation();
  const update = useUpdateView();
  const [name, setName] = useState(view.name);
  const [shared, setShared] = useState(view.shared);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim() || update.isPending) return;
    const { id, version } = view;
    update.mutate({ id, version, name: name.trim(), shared }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t('views.edit')} onClose={onClose}>
      <form onSubmit={submit}>
        <FilterWords filter={view.filter} />
        <ViewFields
          name={name}
          onName={setName}
          shared={shared}
          onShared={setShared}
          error={update.error && errorText(t, update.error)}
        />
        <Buttons pending={update.isPending} able={name.trim() !== ''} onClose={onClose} />
      </form>
    </Dialog>
  );
}

interface ViewFieldsProps {
  name: string;
  onName: (name: string) => void;
  shared: boolean;
  onShared: (shared: boolean) => void;
  error: string | null;
}

function ViewFields({ name, onName, shared, onShared, error }: ViewFieldsProps) {
  const { t } = useTranslation();
  const supervises = useMe().role !== 'agent';
  return (
    <>
      <TextInput
        label={t('views.name')}
        placeholder={t('views.namePlaceholder')}
        data-autofocus
        maxLength={60}
        value={name}
        onChange={(event) => onName(event.currentTarget.value)}
        error={error}
      />
      {supervises && (
        <Switch
          mt={16}
          label={t('views.share')}
          description={t('views.shareHint')}
          checked={shared}
          onChange={(event) => onShared(event.currentTarget.checked)}
        />
      )}
    </>
  );
}

function Buttons({ pending, able, onClose }: { pending: boolean; able: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" gap={8} mt={20}>
      <Button variant="default" onClick={onClose}>
        {t('ui.cancel')}
      </Button>
      <Button type="submit" loading={pending} disabled={!able}>
        {t('ui.save')}
      </Button>
    </Group>
  );
}

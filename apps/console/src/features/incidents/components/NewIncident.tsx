import { Button, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentDetail } from '@loket/contracts/incidents.js';
import { errorText } from '../../../api/error-text.js';
import { useCreateIncident } from '../../../api/incidents.js';
import { Dialog } from '../../../ui/Dialog.js';

interface NewIncidentProps {
  caseIds?: string[];
  onClose: () => void;
  onMade: (incident: IncidentDetail) => void;
}

export function NewIncident({ caseIds = [], onClose, onMade }: NewIncidentProps) {
  const { t } = useTranslation();
  const create = useCreateIncident();
  const [title, setTitle] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() && !create.isPending) create.mutate({ title, caseIds }, { onSuccess: onMade });
  };
  return (
    <Dialog title={t('incidents.newTitle')} onClose={onClose}>
      <form onSubmit={submit}>
        <TextInput
          label={t('incidents.name')}
          description={t('incidents.nameHint')}
          placeholder={t('incidents.namePlaceholder')}
          data-autofocus
          maxLength={300}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          error={create.error && errorText(t, create.error)}
        />
        <Group justify="flex-end" gap={8} mt={18}>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!title.trim()}>
            {t('incidents.create')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

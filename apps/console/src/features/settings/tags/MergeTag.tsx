import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tag } from '@loket/contracts/tags.js';
import { errorText } from '../../../api/error-text.js';
import { useCreateTag, useMergeTag, useTags } from '../../../api/tags.js';
import { Dialog } from '../../../ui/Dialog.js';
import { showToast } from '../../../ui/toasts.js';
import s from '../components/settings.module.css';

/** One tag goes into another, on all cases. Cannot be taken back, so it says what will happen. */
export function MergeTag({
  tag,
  into: first,
  cases,
  onClose,
}: {
  /** a free word is made a tag first; then it has no id */
  tag: Pick<Tag, 'name'> & { id?: string };
  /** most probably this one */
  into?: Tag | undefined;
  cases: number;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const tags = useTags().data ?? [];
  const [intoId, setIntoId] = useState<string | null>(first?.id ?? null);
  const create = useCreateTag();
  const merge = useMergeTag();
  const into = tags.find(({ id }) => id === intoId);
  const error = create.error ?? merge.error;
  const begin = async () => {
    if (!into) return;
    try {
      const id = tag.id ?? (await create.mutateAsync({ name: tag.name, colour: 'grey', description: '' })).id;
      await merge.mutateAsync({ id, intoId: into.id });
      onClose();
      showToast({ text: t('settings.tags.merged', { from: tag.name, into: into.name }) });
    } catch {
      // said below
    }
  };
  return (
    <Dialog onClose={onClose} title={t('settings.tags.mergeTitle', { name: tag.name })}>
      <div className={s.form}>
        <Select
          data-autofocus
          label={t('settings.tags.mergeInto')}
          data={tags
            .filter(({ id, archived }) => id !== tag.id && !archived)
            .map(({ id, name }) => ({ value: id, label: name }))}
          value={intoId}
          onChange={setIntoId}
          searchable
          nothingFoundMessage={t('ui.noMatches')}
        />
        {into && (
          <p className={s.note} data-tone="plain">
            {t('settings.tags.mergeWhy', { from: tag.name, into: into.name, count: cases })}
          </p>
        )}
        {error && (
          <p className={s.note} data-tone="danger" role="alert">
            {errorText(t, error)}
          </p>
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button disabled={!into} loading={create.isPending || merge.isPending} onClick={() => void begin()}>
            {t('settings.tags.mergeDo')}
          </Button>
        </Group>
      </div>
    </Dialog>
  );
}

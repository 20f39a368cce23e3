import { Button, Group, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tag } from '@loket/contracts/tags.js';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { useCreateTag, useUpdateTag } from '../../../api/tags.js';
import { Dialog } from '../../../ui/Dialog.js';
import { TagDot } from '../../../ui/TagDot.js';
import { showToast } from '../../../ui/toasts.js';
import { Conflict } from '../components/Conflict.js';
import s from '../components/settings.module.css';
import { conflicting } from '../conflicting.js';
import { tagColours } from './tag-words.js';
import g from './tags.module.css';

/** A tag's name, colour and meaning. */
export function TagDialog({ tag, onClose }: { tag: Tag | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [base, setBase] = useState(tag);
  const [name, setName] = useState(tag?.name ?? '');
  const [colour, setColour] = useState(tag?.colour ?? 'grey');
  const [description, setDescription] = useState(tag?.description ?? '');
  const [asked, setAsked] = useState(false);
  const create = useCreateTag();
  const update = useUpdateTag();
  const error = create.error ?? update.error;
  const theirs = conflicting<Tag>(update.error);
  const taken = error instanceof ApiError && error.code === 'tag_name_taken';
  const renamed = base !== null && name.trim() !== '' && name.trim() !== base.name;
  const save = (version: number | undefined) => {
    setAsked(true);
    if (!name.trim() || create.isPending || update.isPending) return;
    const body = { name: name.trim(), colour, description: description.trim() };
    const onSuccess = (saved: Tag) => {
      onClose();
      showToast({
        text: t(saved.updating ? 'settings.tags.renamed' : 'settings.tags.saved', { name: saved.name }),
      });
    };
    if (base)
      update.mutate({ id: base.id, ...body, ...(version !== undefined && { version }) }, { onSuccess });
    else create.mutate(body, { onSuccess });
  };
  return (
    <Dialog steady onClose={onClose} title={t(base ? 'settings.tags.edit' : 'settings.tags.add')}>
      <form
        noValidate
        className={s.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          save(base?.version);
        }}
      >
        <TextInput
          data-autofocus
          label={t('settings.tags.name')}
          placeholder={t('settings.tags.nameExample')}
          description={renamed && t('settings.tags.renameWhy')}
          maxLength={50}
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            create.reset();
            update.reset();
          }}
          error={
            (taken && t('settings.tags.nameTaken')) || (asked && !name.trim() && t('settings.missing.name'))
          }
        />
        <TextInput
          label={t('settings.tags.description')}
          placeholder={t('settings.tags.descriptionExample')}
          maxLength={200}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <fieldset>
          <legend className={g.label}>{t('settings.tags.colour')}</legend>
          <div className={g.colours}>
            {tagColours.map((one) => (
              <label key={one} className={g.colour}>
                <input
                  type="radio"
                  name="colour"
                  value={one}
                  checked={one === colour}
                  onChange={() => setColour(one)}
                />
                <TagDot colour={one} />
                {t(`settings.tags.colours.${one}`)}
              </label>
            ))}
          </div>
        </fieldset>
        {theirs && (
          <Conflict
            what={t('settings.conflict.matching')}
            onTake={() => {
              setBase(theirs);
              setName(theirs.name);
              setColour(theirs.colour);
              setDescription(theirs.description);
              update.reset();
            }}
            onKeep={() => save(theirs.version)}
          />
        )}
        {error && !taken && !theirs && (
          <p className={s.note} data-tone="danger" role="alert">
            {errorText(t, error)}
          </p>
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || update.isPending}>
            {t(base ? 'ui.save' : 'settings.tags.create')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CannedAnswer } from '@loket/contracts/canned-answers.js';
import {
  useCreateCannedAnswer,
  useRemoveCannedAnswer,
  useUpdateCannedAnswer,
} from '../../../api/canned-answers.js';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { useMe } from '../../../api/session.js';
import { useTeams } from '../../../api/teams.js';
import { showToast } from '../../../ui/toasts.js';
import { SettingsForm } from '../components/SettingsForm.js';
import s from '../components/settings.module.css';
import { useEditor } from '../components/useEditor.js';
import b from '../webchat/webchat.module.css';
import { AttachedFiles } from './AttachedFiles.js';
import { cannedFormOf, cannedOf, cannedProblems, type CannedProblem } from './canned-form.js';
import { CannedPreview } from './CannedPreview.js';
import { TextFields } from './TextFields.js';

/** An answer in both languages, and beside it what a customer would read. */
export function CannedEditor({
  answer,
  others,
  onSaved,
  onRemoved,
}: {
  answer: CannedAnswer | null;
  others: readonly CannedAnswer[];
  onSaved: (answer: CannedAnswer) => void;
  onRemoved: () => void;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const teams = (useTeams().data ?? []).filter(({ closed, id }) => !closed || id === answer?.teamId);
  const [uploading, setUploading] = useState(false);
  const create = useCreateCannedAnswer();
  const update = useUpdateCannedAnswer();
  const remove = useRemoveCannedAnswer();
  const { base, form, change, asked, error, frame } = useEditor(answer, cannedFormOf, {
    create,
    update,
    bodyOf: (draft) => (cannedProblems(draft, others).length > 0 || uploading ? null : cannedOf(draft)),
    onSaved,
  });
  const refused = error instanceof ApiError && error.code === 'shortcut_taken';
  const problems = new Set<CannedProblem>(cannedProblems(form, others));
  const supervises = me.role !== 'agent';
  const readOnly = base !== null && !supervises && base.scope !== 'mine';
  const say = (problem: CannedProblem) =>
    asked && problems.has(problem) && t(`settings.canned.wrong.${problem}`);
  const elsewhere = others.find(
    ({ shortcut }) => shortcut === form.shortcut.trim().toLowerCase() && !problems.has('shortcutTaken'),
  );
  /** Gone at once; taking it back writes it anew. */
  const drop = (found: CannedAnswer) =>
    remove.mutate(found.id, {
      onSuccess: () => {
        onRemoved();
        showToast({
          text: t('settings.canned.removed', { shortcut: found.shortcut }),
          undo: () => create.mutate(cannedOf(cannedFormOf(found))),
        });
      },
      onError: (failure) => showToast({ tone: 'danger', text: errorText(t, failure) }),
    });
  return (
    <div className={s.two}>
      <SettingsForm
        {...frame}
        error={refused ? null : error}
        saveLabel={base ? t('ui.save') : t('settings.canned.create')}
        actions={
          base &&
          !readOnly && (
            <Button variant="default" onClick={() => drop(base)} loading={remove.isPending}>
              {t('settings.canned.remove')}
            </Button>
          )
        }
      >
        {readOnly && (
          <p className={s.note} data-tone="plain">
            {t('settings.canned.readOnly')}
          </p>
        )}
        <fieldset disabled={readOnly}>
          <div className={s.halves}>
            <TextInput
              label={t('settings.canned.shortcut')}
              description={
                elsewhere
                  ? t('settings.canned.elsewhere', { title: elsewhere.title })
                  : t('settings.canned.shortcutWhy')
              }
              leftSection="/"
              placeholder={t('settings.canned.shortcutExample')}
              maxLength={40}
              value={form.shortcut}
              onChange={(event) => {
                change({ shortcut: event.currentTarget.value.replace(/^\//, '') });
                create.reset();
                update.reset();
              }}
              error={
                (refused && t('settings.canned.wrong.shortcutTaken')) ||
                (problems.has('shortcutTaken') && t('settings.canned.wrong.shortcutTaken')) ||
                say('shortcutMissing') ||
                say('shortcutWrong')
              }
            />
            <TextInput
              label={t('settings.canned.name')}
              placeholder={t('settings.canned.nameExample')}
              maxLength={120}
              value={form.title}
              onChange={(event) => change({ title: event.currentTarget.value })}
              error={say('title')}
            />
          </div>
          {supervises && (
            <div>
              <p className={b.label} id="canned-scope">
                {t('settings.canned.scope')}
              </p>
              <SegmentedControl
                className={b.seg ?? ''}
                aria-labelledby="canned-scope"
                value={form.scope}
                data={(['mine', 'team', 'all'] as const).map((value) => ({
                  value,
                  label: t(`settings.canned.of.${value}`),
                }))}
                onChange={(scope) => change({ scope })}
              />
            </div>
          )}
          {supervises && form.scope === 'team' && (
            <Select
              label={t('settings.canned.team')}
              data={teams.map(({ id, name }) => ({ value: id, label: name }))}
              value={form.teamId}
              onChange={(teamId) => change({ teamId })}
              searchable
              nothingFoundMessage={t('ui.noMatches')}
              error={say('team')}
            />
          )}
        </fieldset>
        <fieldset disabled={readOnly}>
          <TextFields
            texts={form.texts}
            onChange={(texts) => change({ texts })}
            error={say('texts') || undefined}
          />
          <AttachedFiles
            files={form.attachments}
            onChange={(attachments) => change({ attachments })}
            onBusy={setUploading}
          />
        </fieldset>
      </SettingsForm>
      <CannedPreview form={form} />
    </div>
  );
}

import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkspaceSettings } from '@loket/contracts/settings.js';
import { useUpdateWorkspace, useWorkspace } from '../../../api/workspace.js';
import { showToast } from '../../../ui/toasts.js';
import { Loaded } from '../components/Loaded.js';
import { Page } from '../components/Page.js';
import { SettingsForm } from '../components/SettingsForm.js';
import { useEdited } from '../components/useEdited.js';
import { conflicting } from '../conflicting.js';
import { ZoneSelect } from '../hours/ZoneSelect.js';

/** What the company is called, and by whose clock it works. */
export function GeneralPage() {
  const { t } = useTranslation();
  const workspace = useWorkspace();
  return (
    <Page narrow title={t('settings.workspace.general')} intro={t('settings.workspace.generalWhy')}>
      <Loaded query={workspace}>{(settings) => <GeneralEditor settings={settings} />}</Loaded>
    </Page>
  );
}

function GeneralEditor({ settings }: { settings: WorkspaceSettings }) {
  const { t } = useTranslation();
  const { base, form, change, restart, dirty } = useEdited(
    settings,
    ({ name, timeZone }: WorkspaceSettings) => ({
      name,
      timeZone,
    }),
  );
  const [asked, setAsked] = useState(false);
  const update = useUpdateWorkspace();
  const theirs = conflicting<WorkspaceSettings>(update.error);
  return (
    <SettingsForm
      dirty={dirty}
      saving={update.isPending}
      error={update.error}
      theirs={theirs !== null}
      onTake={() => {
        if (theirs) restart(theirs);
        update.reset();
      }}
      onSave={(over, release) => {
        setAsked(true);
        if (!form.name.trim()) return;
        const version = over && theirs ? theirs.version : base.version;
        update.mutate(
          { name: form.name.trim(), timeZone: form.timeZone, version },
          {
            onSuccess: (saved) => {
              release();
              restart(saved);
              showToast({ text: t('settings.workspace.saved') });
            },
          },
        );
      }}
    >
      <TextInput
        label={t('settings.workspace.name')}
        placeholder={t('settings.workspace.nameExample')}
        maxLength={80}
        value={form.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={asked && !form.name.trim() && t('settings.missing.name')}
      />
      <ZoneSelect
        value={form.timeZone}
        onChange={(timeZone) => change({ timeZone })}
        description={t('settings.workspace.zoneWhy')}
      />
    </SettingsForm>
  );
}

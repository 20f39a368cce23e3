import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkspaceSettings } from '@loket/contracts/settings.js';
import { useUpdateWorkspace, useWorkspace } from '../../../api/workspace.js';
import { Loaded } from '../components/Loaded.js';
import { Page } from '../components/Page.js';
import { SettingsForm } from '../components/SettingsForm.js';
import { useWorkspaceForm } from '../components/useWorkspaceForm.js';
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
  const { form, change, asked, frame } = useWorkspaceForm(
    settings,
    ({ name, timeZone }: WorkspaceSettings) => ({ name, timeZone }),
    {
      update: useUpdateWorkspace(),
      bodyOf: ({ name, timeZone }) => (name.trim() ? { name: name.trim(), timeZone } : null),
      savedText: t('settings.workspace.saved'),
    },
  );
  return (
    <SettingsForm {...frame}>
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

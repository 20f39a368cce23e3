import { MultiSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkspaceSettings } from '@loket/contracts/settings.js';
import type { AgentWork } from '@loket/contracts/teams.js';
import { useAgentWork } from '../../../api/teams.js';
import { useUpdateWorkspace, useWorkspace } from '../../../api/workspace.js';
import { currentLocale } from '../../../app/i18n.js';
import { languageName } from '../../../ui/language-name.js';
import { Loaded } from '../components/Loaded.js';
import { Page } from '../components/Page.js';
import { SettingsForm } from '../components/SettingsForm.js';
import s from '../components/settings.module.css';
import { useWorkspaceForm } from '../components/useWorkspaceForm.js';
import { languageChoices } from '../people/languages.js';

/** In which languages the company works, and in which it answers. */
export function LanguagesPage() {
  const { t } = useTranslation();
  const workspace = useWorkspace();
  return (
    <Page narrow title={t('settings.workspace.languages')} intro={t('settings.workspace.languagesWhy')}>
      <Loaded query={workspace}>{(settings) => <LanguagesEditor settings={settings} />}</Loaded>
    </Page>
  );
}

/** Languages that customers are answered in, and that nobody has said to speak, though others have. */
function unspoken(languages: readonly string[], people: readonly AgentWork[]): string[] {
  if (!people.some((one) => one.languages.length > 0)) return [];
  // who has said nothing is taken to speak what his team speaks
  return languages.filter(
    (code) => !people.some((one) => one.languages.length === 0 || one.languages.includes(code)),
  );
}

function LanguagesEditor({ settings }: { settings: WorkspaceSettings }) {
  const { t } = useTranslation();
  const people = useAgentWork().data ?? [];
  const { form, change, asked, frame } = useWorkspaceForm(
    settings,
    ({ locale, customerLanguages }: WorkspaceSettings) => ({ locale, customerLanguages }),
    {
      update: useUpdateWorkspace(),
      bodyOf: (draft) => (draft.customerLanguages.length > 0 ? draft : null),
      savedText: t('settings.workspace.saved'),
    },
  );
  const none = form.customerLanguages.length === 0;
  const missing = unspoken(form.customerLanguages, people);
  return (
    <SettingsForm {...frame}>
      <Select
        label={t('settings.workspace.locale')}
        description={t('settings.workspace.localeWhy')}
        data={[
          { value: 'id', label: 'Indonesia' },
          { value: 'en', label: 'English' },
        ]}
        value={form.locale}
        allowDeselect={false}
        onChange={(locale) => locale && change({ locale: locale })}
      />
      <MultiSelect
        label={t('settings.workspace.customerLanguages')}
        description={t('settings.workspace.customerLanguagesWhy')}
        data={languageChoices(currentLocale(), form.customerLanguages)}
        value={form.customerLanguages}
        onChange={(customerLanguages) => change({ customerLanguages })}
        searchable
        hidePickedOptions
        nothingFoundMessage={t('ui.noMatches')}
        error={asked && none && t('settings.workspace.languageMissing')}
      />
      {missing.length > 0 && (
        <p className={s.note}>
          {t('settings.workspace.unspoken', {
            languages: missing.map((code) => languageName(code, currentLocale())).join(', '),
          })}
        </p>
      )}
    </SettingsForm>
  );
}

import { TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useUpdateMe } from '../../../api/session.js';
import { currentLocale } from '../../../app/i18n.js';
import { createFormat } from '../../../ui/format.js';
import { showToast } from '../../../ui/toasts.js';
import { ZoneSelect } from '../hours/ZoneSelect.js';
import { PicturePanel } from '../pictures/PicturePanel.js';
import { MySignature } from '../signature/MySignature.js';
import { Page } from './Page.js';
import { SettingsForm } from './SettingsForm.js';
import s from './settings.module.css';
import { useEdited } from './useEdited.js';

/** What a person may change about himself. */
export function ProfilePage() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Page narrow title={t('settings.profile.title')} intro={`${me.email} · ${t(`ui.role.${me.role}`)}`}>
      <PicturePanel />
      <AboutPanel />
      <MySignature />
    </Page>
  );
}

interface About {
  name: string;
  timeZone: string;
}

const aboutOf = ({ name, timeZone }: About): About => ({ name, timeZone });

function AboutPanel() {
  const { t } = useTranslation();
  const update = useUpdateMe();
  const { form, change, restart, dirty } = useEdited<About, About>(useMe(), aboutOf);
  const nameless = !form.name.trim();
  const clock = useMemo(() => createFormat(currentLocale(), form.timeZone), [form.timeZone]);
  const save = (release: () => void) => {
    if (nameless) return;
    update.mutate(
      { name: form.name.trim(), timeZone: form.timeZone },
      {
        onSuccess: (saved) => {
          release();
          restart(saved);
          showToast({ text: t('settings.profile.saved') });
        },
      },
    );
  };
  return (
    <SettingsForm
      dirty={dirty}
      saving={update.isPending}
      error={update.error}
      onSave={(_over, release) => save(release)}
    >
      <div>
        <h2 className={s.sub}>{t('settings.profile.about')}</h2>
        <p className={s.dim}>{t('settings.profile.aboutWhy')}</p>
      </div>
      <div className={s.halves}>
        <TextInput
          label={t('settings.people.name')}
          value={form.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={nameless && t('settings.missing.name')}
          autoComplete="name"
        />
        <ZoneSelect
          value={form.timeZone}
          onChange={(timeZone) => change({ timeZone })}
          description={t('settings.profile.now', { time: clock.time(new Date()) })}
        />
      </div>
    </SettingsForm>
  );
}

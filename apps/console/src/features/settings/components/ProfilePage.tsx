import { Button, Select, TextInput } from '@mantine/core';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../api/error-text.js';
import { useMe, useUpdateMe } from '../../../api/session.js';
import { useSwitchLocale } from '../../../app/preferences.js';
import { LangSwitch } from '../../../ui/LangSwitch.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { PicturePanel } from '../pictures/PicturePanel.js';
import { MySignature } from '../signature/MySignature.js';
import { Page } from './Page.js';
import s from './settings.module.css';

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

/** Indonesia's own zones first, then the rest of the world. */
const home = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];

function useZones(current: string) {
  const { t } = useTranslation();
  return useMemo(() => {
    const others = new Set([current, ...Intl.supportedValuesOf('timeZone')]);
    for (const zone of home) others.delete(zone);
    return [
      {
        group: 'Indonesia',
        items: home.map((value) => ({ value, label: t(`settings.profile.zone.${value.slice(5)}`) })),
      },
      {
        group: t('settings.profile.world'),
        items: [...others].map((value) => ({ value, label: value.replaceAll('_', ' ') })),
      },
    ];
  }, [current, t]);
}

function AboutPanel() {
  const { t } = useTranslation();
  const me = useMe();
  const update = useUpdateMe();
  const format = useFormat();
  const switchLocale = useSwitchLocale();
  const zones = useZones(me.timeZone);
  const [name, setName] = useState(me.name);
  const [timeZone, setTimeZone] = useState(me.timeZone);
  const dirty = name.trim() !== me.name || timeZone !== me.timeZone;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim() || update.isPending) return;
    update.mutate(
      { name: name.trim(), timeZone },
      { onSuccess: () => showToast({ text: t('settings.profile.saved') }) },
    );
  };
  return (
    <form className={s.panel} onSubmit={submit} noValidate>
      <h2>{t('settings.profile.about')}</h2>
      <p>{t('settings.profile.aboutWhy')}</p>
      <div className={s.halves}>
        <TextInput
          label={t('settings.people.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={!name.trim() && t('settings.missing.name')}
          autoComplete="name"
        />
        <Select
          label={t('settings.profile.timeZone')}
          description={t('settings.profile.now', { time: format.time(new Date()) })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={zones}
          value={timeZone}
          onChange={(zone) => zone && setTimeZone(zone)}
          searchable
          allowDeselect={false}
          limit={60}
          nothingFoundMessage={t('ui.noMatches')}
        />
      </div>
      <dl className={s.kv} style={{ marginTop: 14 }}>
        <div>
          <dt>{t('settings.profile.language')}</dt>
          <dd>
            <LangSwitch value={me.locale} onChange={switchLocale} />
          </dd>
        </div>
      </dl>
      {update.error && (
        <p className={s.note} data-tone="danger" role="alert" style={{ marginTop: 12 }}>
          {errorText(t, update.error)}
        </p>
      )}
      <Button type="submit" mt={14} disabled={!dirty} loading={update.isPending}>
        {t('ui.save')}
      </Button>
    </form>
  );
}

import { Checkbox, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/session.js';
import { usePreferences, useSwitchLocale } from '../../../app/preferences.js';
import { LangSwitch } from '../../../ui/LangSwitch.js';
import { Page } from './Page.js';
import s from './settings.module.css';

/** How a person wants the console to be. All of it is kept with him, so that it is the same in his next browser. */
export function AppearancePage() {
  const { t } = useTranslation();
  const me = useMe();
  const switchLocale = useSwitchLocale();
  const { preferences, prefer } = usePreferences();
  return (
    <Page narrow title={t('settings.appearance.title')} intro={t('settings.appearance.intro')}>
      <section className={s.panel}>
        <h2>{t('settings.appearance.screen')}</h2>
        <dl className={s.kv} style={{ marginTop: 12 }}>
          <div>
            <dt>{t('settings.profile.language')}</dt>
            <dd>
              <LangSwitch value={me.locale} onChange={switchLocale} />
            </dd>
          </div>
          <div>
            <dt>{t('app.theme.title')}</dt>
            <dd>
              <SegmentedControl
                aria-label={t('app.theme.title')}
                value={preferences.theme}
                onChange={(theme) => prefer({ theme })}
                data={(['light', 'dark', 'auto'] as const).map((value) => ({
                  value,
                  label: t(`app.theme.${value}`),
                }))}
              />
            </dd>
          </div>
          <div>
            <dt>{t('settings.appearance.density')}</dt>
            <dd>
              <SegmentedControl
                aria-label={t('settings.appearance.density')}
                value={preferences.density}
                onChange={(density) => prefer({ density })}
                data={(['comfortable', 'compact'] as const).map((value) => ({
                  value,
                  label: t(`settings.appearance.${value}`),
                }))}
              />
              <p className={s.dim} style={{ marginTop: 4, fontSize: 12.5 }}>
                {t('settings.appearance.densityWhy')}
              </p>
            </dd>
          </div>
        </dl>
      </section>
      <section className={s.panel}>
        <h2>{t('settings.appearance.handling')}</h2>
        <div className={s.form} style={{ marginTop: 12 }}>
          <Checkbox
            label={t('app.shortcuts.single')}
            description={t('settings.appearance.singleKeysWhy')}
            checked={preferences.singleKeys}
            onChange={(event) => prefer({ singleKeys: event.currentTarget.checked })}
          />
          <Checkbox
            label={t('settings.appearance.still')}
            description={t('settings.appearance.stillWhy')}
            checked={preferences.motion === 'reduced'}
            onChange={(event) => prefer({ motion: event.currentTarget.checked ? 'reduced' : 'auto' })}
          />
        </div>
      </section>
    </Page>
  );
}

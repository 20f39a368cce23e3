import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Holiday, HoursSettings } from '@loket/contracts/settings.js';
import { useHours, useUpdateHours, useWorkspace } from '../../../api/workspace.js';
import { Loaded } from '../components/Loaded.js';
import { Page } from '../components/Page.js';
import { SettingsForm } from '../components/SettingsForm.js';
import s from '../components/settings.module.css';
import { useWorkspaceForm } from '../components/useWorkspaceForm.js';
import { wrongSpans } from '../teams/team-form.js';
import b from '../webchat/webchat.module.css';
import { usualWeek, type Span } from '../webchat-form.js';
import { Holidays } from './Holidays.js';
import { WeekEditor } from './WeekEditor.js';
import { zoneName } from './ZoneSelect.js';

/** When the company is there, for teams and chats that have no hours of their own. */
export function HoursPage() {
  const { t } = useTranslation();
  const hours = useHours();
  return (
    <Page narrow title={t('settings.hours.title')} intro={t('settings.hours.intro')}>
      <Loaded query={hours}>{(settings) => <HoursEditor settings={settings} />}</Loaded>
    </Page>
  );
}

interface HoursForm {
  on: boolean;
  week: Span[];
  holidays: Holiday[];
}

function formOf({ week, holidays }: HoursSettings): HoursForm {
  return { on: week !== null, week: week ?? [...usualWeek], holidays };
}

function wrongIn({ on, week }: Pick<HoursForm, 'on' | 'week'>): string[] {
  return on ? wrongSpans(week) : [];
}

function HoursEditor({ settings }: { settings: HoursSettings }) {
  const { t } = useTranslation();
  const zone = useWorkspace().data?.timeZone ?? '';
  const { form, change, asked, frame } = useWorkspaceForm(settings, formOf, {
    update: useUpdateHours(),
    bodyOf: ({ on, week, holidays }) =>
      wrongIn({ on, week }).length > 0 ? null : { week: on ? week : null, holidays },
    savedText: t('settings.hours.saved'),
  });
  const wrong = wrongIn(form);
  return (
    <SettingsForm {...frame}>
      <fieldset>
        <legend className={s.sub}>{t('settings.hours.week')}</legend>
        <SegmentedControl
          className={b.seg ?? ''}
          aria-label={t('settings.hours.week')}
          value={form.on ? 'set' : 'always'}
          data={(['always', 'set'] as const).map((value) => ({
            value,
            label: t(`settings.hours.open.${value}`),
          }))}
          onChange={(value) => change({ on: value === 'set' })}
        />
        {form.on && (
          <WeekEditor
            week={form.week}
            onChange={(week) => change({ week })}
            problem={(field) => (asked && wrong.includes(field) ? t('settings.hours.missing') : undefined)}
            neverOpen={t('settings.hours.never')}
          />
        )}
        {zone && (
          <p className={s.dim}>
            {t('settings.hours.clock', { zone: zoneName(zone, t(`settings.webchat.zone.${zone}`, '')) })}{' '}
            <Link href="/settings/general">{t('settings.hours.changeClock')}</Link>
          </p>
        )}
      </fieldset>
      <Holidays holidays={form.holidays} onChange={(holidays) => change({ holidays })} />
    </SettingsForm>
  );
}

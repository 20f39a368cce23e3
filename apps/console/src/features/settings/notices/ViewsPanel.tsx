import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WatchableView } from '@loket/contracts/notice-preferences.js';
import panel from '../components/settings.module.css';
import type { WishesProps } from './NoticeSettingsPage.js';

const views = ['mine', 'teams', 'unassigned'] as const satisfies readonly WatchableView[];

/** In which views a customer's message is to be heard. */
export function ViewsPanel({ wishes, onChange }: WishesProps) {
  const { t } = useTranslation();
  return (
    <section className={panel.panel}>
      <h2>{t('notices.views.title')}</h2>
      <p>{t('notices.views.why')}</p>
      <Stack gap={11}>
        {views.map((view) => (
          <Checkbox
            key={view}
            label={t(`app.view.${view}`)}
            description={t(`notices.views.of.${view}`)}
            checked={wishes.views.includes(view)}
            onChange={({ currentTarget: { checked } }) =>
              onChange({
                views: views.filter((one) => (one === view ? checked : wishes.views.includes(one))),
              })
            }
          />
        ))}
      </Stack>
    </section>
  );
}

import { Button, SegmentedControl } from '@mantine/core';
import { IconAlertOctagon, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { errorText } from '../../api/error-text.js';
import { useIncident, useIncidents, type IncidentFilter } from '../../api/incidents.js';
import { useCommands } from '../../ui/commands.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { usePhone } from '../../ui/media.js';
import { Skeleton, useLate } from '../../ui/Skeleton.js';
import { IncidentRow } from './components/IncidentRow.js';
import { IncidentView } from './components/IncidentView.js';
import { NewIncident } from './components/NewIncident.js';
import s from './components/incidents.module.css';

const filters: IncidentFilter[] = ['open', 'resolved'];

/** One cause, many customers: the list, and one incident beside it; on a phone one at a time. */
export function IncidentsPage() {
  const { t } = useTranslation();
  const phone = usePhone();
  const [, go] = useLocation();
  const { id } = useParams<{ id?: string }>();
  const [filter, setFilter] = useState<IncidentFilter>('open');
  const [adding, setAdding] = useState(false);
  const list = useIncidents(filter);
  const late = useLate(list.isPending);
  const incidents = list.data?.pages.flatMap((page) => page.items) ?? [];
  // a desktop always has one open
  const shown = id ?? (phone ? undefined : incidents[0]?.id);
  const detail = useIncident(shown);
  const step = (by: number) => {
    const at = incidents.findIndex((one) => one.id === shown);
    const next = incidents[Math.min(incidents.length - 1, Math.max(0, at + by))];
    if (next) go(`/incidents/${next.id}`, { replace: id !== undefined });
  };
  useCommands([
    { id: 'next-incident', label: '', keys: 'j', run: () => step(1) },
    { id: 'previous-incident', label: '', keys: 'k', run: () => step(-1) },
    {
      id: 'new-incident',
      label: t('incidents.new'),
      group: t('incidents.title'),
      rank: 0,
      icon: <IconAlertOctagon size={17} stroke={1.7} />,
      run: () => setAdding(true),
    },
  ]);
  return (
    <div className={s.page}>
      <title>{`${t('incidents.title')} · Loket`}</title>
      {(!phone || id === undefined) && (
        <section className={s.list} data-phone={phone || undefined} aria-label={t('incidents.list')}>
          <header className={s.listHead}>
            <h1 className="grow">{t('incidents.title')}</h1>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} stroke={2} />}
              onClick={() => setAdding(true)}
            >
              {t('incidents.newShort')}
            </Button>
          </header>
          <div className={s.filters}>
            <SegmentedControl
              fullWidth
              size={phone ? 'sm' : 'xs'}
              withItemsBorders={false}
              aria-label={t('incidents.filter')}
              value={filter}
              onChange={setFilter}
              data={filters.map((value) => ({ value, label: t(`incidents.status.${value}`) }))}
            />
          </div>
          {list.error && incidents.length === 0 && (
            <div className={s.failed} role="alert">
              {errorText(t, list.error)}
              <Button size="xs" variant="default" onClick={() => void list.refetch()}>
                {t('ui.retry')}
              </Button>
            </div>
          )}
          {late && (
            <div className={s.bones} aria-busy>
              <Skeleton lines={4} gap={14} />
            </div>
          )}
          {list.isSuccess && incidents.length === 0 && (
            <EmptyState
              icon={<IconAlertOctagon size={26} stroke={1.5} />}
              title={t(`incidents.empty.${filter}`)}
            >
              {filter === 'open' && t('incidents.emptyWhy')}
            </EmptyState>
          )}
          {incidents.length > 0 && (
            <ul className={s.rows}>
              {incidents.map((incident) => (
                <IncidentRow key={incident.id} incident={incident} selected={incident.id === shown} />
              ))}
            </ul>
          )}
          {list.hasNextPage && (
            <Button
              className={s.more ?? ''}
              size="xs"
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('incidents.more')}
            </Button>
          )}
        </section>
      )}
      {shown !== undefined && detail.data && (
        <IncidentView key={shown} incident={detail.data} phone={phone} onBack={() => go('/incidents')} />
      )}
      {shown !== undefined && !detail.data && (
        <section className={s.view} aria-busy={detail.isPending}>
          {detail.error && (
            <EmptyState
              title={errorText(t, detail.error)}
              action={
                <Button variant="default" onClick={() => go('/incidents')}>
                  {t('incidents.toList')}
                </Button>
              }
            />
          )}
        </section>
      )}
      {shown === undefined && !phone && <EmptyState>{t('incidents.choose')}</EmptyState>}
      {adding && (
        <NewIncident
          onClose={() => setAdding(false)}
          onMade={(made) => {
            setAdding(false);
            setFilter('open');
            go(`/incidents/${made.id}`);
          }}
        />
      )}
    </div>
  );
}

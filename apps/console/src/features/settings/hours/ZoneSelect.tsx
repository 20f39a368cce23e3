import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import s from '../webchat/webchat.module.css';

/** Zones of Indonesia first: most companies here need no other. */
const home = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];
const abroad = Intl.supportedValuesOf('timeZone').filter((zone) => !home.includes(zone));

/** A time zone, those of Indonesia by the names that people know. */
export function ZoneSelect({
  value,
  onChange,
  description,
  error,
}: {
  value: string;
  onChange: (zone: string) => void;
  description?: string;
  error?: string | undefined;
}) {
  const { t } = useTranslation();
  const zones = (values: string[]) =>
    values.map((zone) => ({ value: zone, label: zoneName(zone, t(`settings.webchat.zone.${zone}`, '')) }));
  return (
    <Select
      label={t('settings.webchat.timeZone')}
      description={description}
      data={[
        { group: 'Indonesia', items: zones(home) },
        { group: t('settings.webchat.otherZones'), items: zones(withStored(value)) },
      ]}
      value={value}
      searchable
      allowDeselect={false}
      withScrollArea={false}
      classNames={{ options: s.options ?? '' }}
      onChange={(zone) => zone && onChange(zone)}
      error={error}
    />
  );
}

/** A zone that this browser does not list stays, where the settings name it. */
function withStored(zone: string): string[] {
  return home.includes(zone) || abroad.includes(zone) ? abroad : [zone, ...abroad];
}

export function zoneName(zone: string, short: string): string {
  const name = zone.replaceAll('_', ' ');
  return short ? `${name} (${short})` : name;
}

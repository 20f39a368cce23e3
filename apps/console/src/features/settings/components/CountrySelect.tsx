import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../../../app/i18n.js';
import { phoneNumbers, usePhoneNumbers } from '../../../ui/phone-numbers.js';

/** From where these customers usually call or write: how to read a number without a country code. */
export function CountrySelect({
  value,
  onChange,
  error,
}: {
  /** ISO 3166-1, two letters */
  value: string;
  onChange: (country: string) => void;
  error?: string | false | undefined;
}) {
  const { t } = useTranslation();
  const loaded = usePhoneNumbers();
  const locale = currentLocale();
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'region' });
    const known: string[] = (loaded && phoneNumbers()?.getCountries()) || [];
    // what is stored stays, also before the list is there
    return [...new Set([...known, value].filter((code) => /^[A-Z]{2}$/.test(code)))]
      .map((code) => ({ value: code, label: `${names.of(code) ?? code} (${code})` }))
      .toSorted((a, b) => a.label.localeCompare(b.label, locale));
  }, [loaded, locale, value]);
  return (
    <Select
      label={t('settings.generic.region')}
      description={t('settings.generic.regionWhy')}
      data={countries}
      value={value}
      onChange={(country) => country && onChange(country)}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('ui.noMatches')}
      error={error}
    />
  );
}

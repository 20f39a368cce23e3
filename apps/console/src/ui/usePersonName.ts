import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './useFormat.js';

interface Person {
  name: string | null;
  address?: string | null;
  identities?: readonly { value: string }[];
}

/** What to call a customer: by name, else by an address. */
export function usePersonName(): (person: Person) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback(
    ({ name, address, identities }) =>
      name ?? format.phone(address ?? identities?.[0]?.value ?? t('ui.nameless')),
    [t, format],
  );
}

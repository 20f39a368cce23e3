import { SegmentedControl } from '@mantine/core';
import type { Locale } from '@loket/contracts/access.js';

const names = [
  { value: 'id', label: 'Indonesia' },
  { value: 'en', label: 'English' },
];

/** Named in both languages, since whoever needs it may not read the present one. */
export function LangSwitch({ value, onChange }: { value: Locale; onChange: (locale: Locale) => void }) {
  return (
    <SegmentedControl
      aria-label="Bahasa / Language"
      value={value}
      onChange={(next) => onChange(next === 'id' ? 'id' : 'en')}
      data={names}
    />
  );
}

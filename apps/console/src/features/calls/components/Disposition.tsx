import { Autocomplete } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCallLines } from '../../../api/calls.js';
import type { CallPart } from './TalkTime.js';

/** How it ended, in the company's own words; others can be typed. */
export function Disposition({ form, change }: CallPart) {
  const { t } = useTranslation();
  const offered = useCallLines().find(({ id }) => id === form.channelId)?.dispositions ?? [];
  const [first = t('calls.log.dispositionExample')] = offered;
  return (
    <Autocomplete
      label={t('calls.log.disposition')}
      placeholder={t('calls.log.dispositionHint', { example: first })}
      maxLength={120}
      data={offered}
      // what is chosen already is no filter: the others are there to choose instead
      {...(offered.includes(form.disposition) && { filter: ({ options }) => options })}
      value={form.disposition}
      onChange={(disposition) => change({ disposition })}
    />
  );
}

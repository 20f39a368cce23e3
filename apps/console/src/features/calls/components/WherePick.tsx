import { Radio, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useCallers } from '../../../api/calls.js';
import type { CallPart } from './TalkTime.js';

/** Which case the call belongs to: one of the caller's, the one it was begun from, or a new one. */
export function WherePick({ form, change }: CallPart) {
  const { t } = useTranslation();
  const [typed] = useDebouncedValue(form.number.trim(), 90);
  const callers = useCallers(form.withheld ? '' : typed, form.channelId).data ?? [];
  const known = callers.flatMap((caller) => caller.cases);
  const chosen = known.find(({ id }) => id === form.where);
  const offered = known.filter(({ status, id }) => status !== 'resolved' || id === form.where).slice(0, 5);
  const apart = form.where !== 'new' && !chosen;
  return (
    <Radio.Group
      label={t('calls.log.where')}
      value={form.where}
      onChange={(where) =>
        change({ where, whereNumber: known.find(({ id }) => id === where)?.number ?? form.whereNumber })
      }
    >
      <Stack gap={6} mt={6}>
        {apart && (
          <Radio
            value={form.where}
            label={form.whereNumber === null ? t('calls.log.thisCase') : `#${form.whereNumber}`}
          />
        )}
        {offered.map((one) => (
          <Radio key={one.id} value={one.id} label={`#${one.number} ${one.subject}`} />
        ))}
        <Radio value="new" label={t('calls.log.newCase')} />
      </Stack>
    </Radio.Group>
  );
}

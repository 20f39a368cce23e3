import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/useFormat.js';
import type { Refusal } from '../useBulk.js';
import s from './bulk.module.css';

/** So many are named; of the others it is only said how many they are. */
const named = 8;

/** The cases of a change of many that stayed as they were, and why. */
export function Refusals({ refusals, onClose }: { refusals: readonly Refusal[]; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = refusals.reduce((sum, { numbers }) => sum + numbers.length, 0);
  return (
    <div className={s.bar} role="alert">
      <div className={s.line}>
        <strong className="grow num">{t('inbox.bulk.refused', { count, n: format.number(count) })}</strong>
        <ActionIcon size={26} aria-label={t('ui.close')} onClick={onClose}>
          <IconX size={15} />
        </ActionIcon>
      </div>
      {refusals.map(({ text, numbers }) => (
        <p key={text} className={s.why}>
          {text}{' '}
          <span className="num">
            {numbers
              .slice(0, named)
              .map((number) => `#${number}`)
              .join(', ')}
            {numbers.length > named &&
              ` ${t('inbox.bulk.andMore', { n: format.number(numbers.length - named) })}`}
          </span>
        </p>
      ))}
    </div>
  );
}

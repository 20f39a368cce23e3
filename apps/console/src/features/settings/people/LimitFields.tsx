import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChannelName } from '../../../ui/ChannelMark.js';
import s from '../components/settings.module.css';
import { beyondTotal, limitedKinds, type PersonForm } from './person-form.js';
import w from './work.module.css';

/** Of all cases, at most so many with this channel in them. */
export function LimitFields({
  form,
  change,
}: {
  form: PersonForm;
  change: (part: Partial<PersonForm>) => void;
}) {
  const { t } = useTranslation();
  const kindName = useChannelName();
  const beyond = beyondTotal(form);
  const limited = limitedKinds.some((kind) => form.byChannel[kind] !== '');
  return (
    <details className={s.more} open={limited || undefined}>
      <summary>{t('settings.people.byChannel')}</summary>
      <div>
        <p className={s.dim}>{t('settings.people.byChannelWhy')}</p>
        <div className={w.kinds}>
          {limitedKinds.map((kind) => (
            <NumberInput
              key={kind}
              label={kindName(kind)}
              placeholder={t('settings.people.noLimit')}
              value={form.byChannel[kind]}
              onChange={(limit) =>
                change({
                  byChannel: { ...form.byChannel, [kind]: typeof limit === 'number' ? limit : '' },
                })
              }
              min={0}
              max={500}
              allowDecimal={false}
              allowNegative={false}
              hideControls
              error={beyond.includes(kind) && t('settings.people.beyondTotal')}
            />
          ))}
        </div>
      </div>
    </details>
  );
}

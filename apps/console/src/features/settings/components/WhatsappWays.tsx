import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ways, type Way } from '../whatsapp-form.js';
import s from './settings.module.css';
import w from './whatsapp.module.css';

/** By which way messages come in: what each means and what it needs. Once chosen, a line with a way to change it. */
export function WhatsappWays({
  value,
  settled,
  onChange,
}: {
  value: Way;
  /** the channel is there already: the others are out of the way until asked for */
  settled: boolean;
  onChange: (way: Way) => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(!settled);
  if (!open) {
    return (
      <div className={w.chosenWay}>
        <span className="grow">
          <b>{t(`settings.whatsapp.way.${value}.name`)}</b>
          <small>{t(`settings.whatsapp.way.${value}.mark`)}</small>
        </span>
        <Button variant="subtle" size="xs" onClick={() => setOpen(true)}>
          {t('settings.whatsapp.changeWay')}
        </Button>
      </div>
    );
  }
  return (
    <fieldset>
      <legend className={s.sub}>{t('settings.whatsapp.ways')}</legend>
      <div className={s.choices}>
        {ways.map((way) => (
          <label key={way} className={s.choice}>
            <input
              type="radio"
              name="way"
              value={way}
              checked={way === value}
              onChange={() => onChange(way)}
            />
            <span>
              <b>{t(`settings.whatsapp.way.${way}.name`)}</b>
              <small data-tone={way === 'web' ? 'warn' : undefined}>
                {t(`settings.whatsapp.way.${way}.mark`)}
              </small>
              <span className={s.choiceWhy}>{t(`settings.whatsapp.way.${way}.why`)}</span>
              <span className={w.choiceNeeds}>{t(`settings.whatsapp.way.${way}.needs`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

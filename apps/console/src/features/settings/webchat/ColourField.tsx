import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chatSurfaces, contrast, inkOn } from '@loket/contracts/chat-colours.js';
import { useFormat } from '../../../ui/useFormat.js';
import type { WebchatForm } from '../webchat-form.js';
import s from './webchat.module.css';

/** White words can be read on each of them. */
const usual = ['#0b6374', '#1d4ed8', '#6d28d9', '#be185d', '#b3261e', '#b45309', '#15703c', '#1d2123'];
const isColour = (text: string) => /^#[0-9a-f]{6}$/i.test(text);

/** Any colour: by its figure, by the browser's own picker, or one of some that always look well. */
export function ColourField({
  value,
  onChange,
  error,
}: {
  value: string;
  onChange: (colour: string) => void;
  error: string | undefined;
}) {
  const { t } = useTranslation();
  return (
    <div>
      <TextInput
        label={t('settings.webchat.colour')}
        maxLength={7}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value.trim().toLowerCase())}
        leftSection={
          <input
            type="color"
            className={s.picker}
            aria-label={t('settings.webchat.pickColour')}
            value={isColour(value) ? value : '#ffffff'}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        }
        error={error}
        spellCheck={false}
        autoComplete="off"
      />
      <div className={s.colours} role="group" aria-label={t('settings.webchat.usualColours')}>
        {usual.map((colour) => (
          <button
            key={colour}
            type="button"
            aria-label={colour}
            aria-pressed={colour === value}
            style={{ background: colour }}
            onClick={() => onChange(colour)}
          />
        ))}
      </div>
    </div>
  );
}

/** How well the colour can be read, in figures, and what is done about it by itself. */
export function Contrast({ form: { colour, theme } }: { form: WebchatForm }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!isColour(colour)) return null;
  const ink = inkOn(colour);
  const ratio = (other: string) => format.number(Math.round(contrast(colour, other) * 10) / 10);
  const grounds = theme === 'auto' ? (['light', 'dark'] as const) : [theme];
  const faint = grounds.filter((ground) => contrast(colour, chatSurfaces[ground]) < 4.5);
  return (
    <p className={s.contrast}>
      <span className={s.chip} style={{ background: colour, color: ink }} aria-hidden="true">
        Aa
      </span>
      <span>
        {[
          t(`settings.webchat.contrast.${ink === '#ffffff' ? 'white' : 'black'}`, { ratio: ratio(ink) }),
          ...faint.map((ground) =>
            t(`settings.webchat.contrast.${ground}`, { ratio: ratio(chatSurfaces[ground]) }),
          ),
        ].join(' ')}
      </span>
    </p>
  );
}

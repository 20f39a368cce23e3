import { ColorInput, NumberInput, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chatSurfaces, contrast, inkOn } from '@loket/contracts/chat-colours.js';
import c from '../components/settings.module.css';
import { useFormat } from '../../../ui/useFormat.js';
import type { WebchatForm } from '../webchat-form.js';
import { useChatTexts } from './chat-texts.js';
import type { TabProps } from './useWebchatForm.js';
import s from './webchat.module.css';
import { WordsFields } from './WordsFields.js';

/** Colours that white words can be read on, to begin with. */
const swatches = ['#0b6374', '#1d4ed8', '#6d28d9', '#be185d', '#b3261e', '#b45309', '#15703c', '#1d2123'];

/** What visitors see: name, colour, place, first words. */
export function LookTab({ state }: TabProps) {
  const { t } = useTranslation();
  const { form, problem, change } = state;
  const texts = useChatTexts();
  return (
    <>
      <fieldset>
        <TextInput
          label={t('settings.webchat.title')}
          description={t('settings.webchat.titleWhy')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={state.name}
          maxLength={60}
          value={form.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
          error={problem('title')}
        />
        <div className={c.halves}>
          <ColorInput
            label={t('settings.webchat.colour')}
            format="hex"
            swatches={swatches}
            swatchesPerRow={8}
            withEyeDropper={false}
            value={form.colour}
            onChange={(colour) => change({ colour })}
            error={problem('colour')}
          />
          <Choice
            label={t('settings.webchat.theme')}
            value={form.theme}
            values={['light', 'dark', 'auto']}
            word={(theme) => t(`settings.webchat.themes.${theme}`)}
            onChange={(theme) => change({ theme })}
          />
        </div>
        <Contrast form={form} />
      </fieldset>
      <fieldset>
        <WordsFields
          label={t('settings.webchat.greeting')}
          most={300}
          lines={2}
          value={form.greeting}
          placeholder={{ id: texts.id('greeting'), en: texts.en('greeting') }}
          onChange={(greeting) => change({ greeting })}
          field="greeting"
          problem={problem}
        />
        <WordsFields
          label={t('settings.webchat.awayGreeting')}
          why={t('settings.webchat.greetingWhy')}
          most={300}
          lines={2}
          value={form.awayGreeting}
          placeholder={{ id: texts.id('awayGreeting'), en: texts.en('awayGreeting') }}
          onChange={(awayGreeting) => change({ awayGreeting })}
          field="awayGreeting"
          problem={problem}
        />
        <Select
          label={t('settings.webchat.language')}
          data={(['page', 'id', 'en'] as const).map((value) => ({
            value,
            label: t(`settings.webchat.languages.${value}`),
          }))}
          value={form.language}
          allowDeselect={false}
          onChange={(language) => language && change({ language })}
        />
      </fieldset>
      <fieldset>
        <div className={s.thirds}>
          <Choice
            label={t('settings.webchat.side')}
            value={form.side}
            values={['end', 'start']}
            word={(side) => t(`settings.webchat.sides.${side}`)}
            onChange={(side) => change({ side })}
          />
          <Distance
            label={t('settings.webchat.inset')}
            value={form.inset}
            onChange={(inset) => change({ inset })}
            error={problem('launcher.inset')}
          />
          <Distance
            label={t('settings.webchat.bottom')}
            value={form.bottom}
            onChange={(bottom) => change({ bottom })}
            error={problem('launcher.bottom')}
          />
        </div>
        <Switch
          label={t('settings.webchat.credit')}
          checked={form.credit}
          onChange={(event) => change({ credit: event.currentTarget.checked })}
        />
      </fieldset>
    </>
  );
}

function Choice<T extends string>({
  label,
  value,
  values,
  word,
  onChange,
}: {
  label: string;
  value: T;
  values: T[];
  word: (value: T) => string;
  onChange: (value: T) => void;
}) {
  return (
    <div>
      <div className={s.label}>{label}</div>
      <SegmentedControl
        fullWidth
        className={s.tall ?? ''}
        aria-label={label}
        value={value}
        data={values.map((one) => ({ value: one, label: word(one) }))}
        onChange={onChange}
      />
    </div>
  );
}

function Distance({
  label,
  value,
  onChange,
  error,
}: {
  label: string;
  value: number | '';
  onChange: (value: number | '') => void;
  error: string | undefined;
}) {
  return (
    <NumberInput
      label={label}
      suffix=" px"
      allowDecimal={false}
      allowNegative={false}
      hideControls
      value={value}
      onChange={(next) => onChange(typeof next === 'number' ? next : '')}
      error={error}
    />
  );
}

/** How well the colour can be read, in figures, and what is done about it by itself. */
function Contrast({ form: { colour, theme } }: { form: WebchatForm }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return null;
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
        {t(`settings.webchat.contrast.${ink === '#ffffff' ? 'white' : 'black'}`, { ratio: ratio(ink) })}{' '}
        {faint.map((ground) =>
          t(`settings.webchat.contrast.${ground}`, { ratio: ratio(chatSurfaces[ground]) }),
        )}
      </span>
    </p>
  );
}

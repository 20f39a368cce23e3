import { NumberInput, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import c from '../components/settings.module.css';
import { useChatTexts } from './chat-texts.js';
import { ColourField, Contrast } from './ColourField.js';
import type { TabProps } from './useWebchatForm.js';
import s from './webchat.module.css';
import { WordsFields } from './WordsFields.js';

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
          placeholder={state.name}
          maxLength={60}
          value={form.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
          error={problem('title')}
        />
        <div className={c.halves}>
          <ColourField
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

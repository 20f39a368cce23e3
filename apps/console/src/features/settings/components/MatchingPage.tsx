import { NumberInput, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MatchingSettings } from '@loket/contracts/settings.js';
import { useMatchingSettings, useUpdateMatchingSettings } from '../api.js';
import { changesOf, formOf, presets, thresholdProblem, type MatchingForm } from '../matching-form.js';
import { Loaded } from './Loaded.js';
import { Page } from './Page.js';
import { SettingsForm } from './SettingsForm.js';
import { useWorkspaceForm } from './useWorkspaceForm.js';
import s from './settings.module.css';

/** How boldly the desk joins messages by what they say. */
export function MatchingPage() {
  const { t } = useTranslation();
  const settings = useMatchingSettings();
  return (
    <Page narrow title={t('settings.matching.title')} intro={t('settings.matching.intro')}>
      <Loaded query={settings}>{(found) => <MatchingEditor settings={found} />}</Loaded>
    </Page>
  );
}

function MatchingEditor({ settings }: { settings: MatchingSettings }) {
  const { t } = useTranslation();
  const { form, change, frame } = useWorkspaceForm(settings, formOf, {
    update: useUpdateMatchingSettings(),
    bodyOf: (draft) => (thresholdProblem(draft) ? null : changesOf(draft)),
    savedText: t('settings.matching.saved'),
  });
  const problem = thresholdProblem(form);
  const joins = !['suggest_only', 'off'].includes(form.preset);
  return (
    <SettingsForm {...frame}>
      <Presets value={form.preset} onChange={(preset) => change({ preset })} />
      <TagsInput
        label={t('settings.matching.products')}
        description={t('settings.matching.productsWhy')}
        placeholder={form.products.length === 0 ? t('settings.matching.productsHint') : undefined}
        value={form.products}
        onChange={(products) => change({ products: products.filter((name) => name.trim().length >= 2) })}
        maxTags={500}
        acceptValueOnBlur
      />
      {form.preset !== 'off' && (
        <details className={s.more} open={form.joinAt !== '' || form.suggestAt !== '' || undefined}>
          <summary>{t('settings.matching.advanced')}</summary>
          <div>
            <p className={s.dim}>{t('settings.matching.advancedWhy')}</p>
            <div className={s.halves}>
              {joins && (
                <Threshold
                  label={t('settings.matching.joinAt')}
                  why={t('settings.matching.joinAtWhy')}
                  value={form.joinAt}
                  onChange={(joinAt) => change({ joinAt })}
                  error={problem !== null && t(`settings.matching.${problem}`)}
                />
              )}
              <Threshold
                label={t('settings.matching.suggestAt')}
                why={t('settings.matching.suggestAtWhy')}
                value={form.suggestAt}
                onChange={(suggestAt) => change({ suggestAt })}
                error={problem !== null && !joins && t(`settings.matching.${problem}`)}
              />
            </div>
          </div>
        </details>
      )}
    </SettingsForm>
  );
}

/** The choices, each with what it does in plain words. */
function Presets({
  value,
  onChange,
}: {
  value: MatchingForm['preset'];
  onChange: (preset: MatchingForm['preset']) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className={s.sub}>{t('settings.matching.preset')}</legend>
      <div className={s.choices}>
        {presets.map((preset) => (
          <label key={preset} className={s.choice}>
            <input
              type="radio"
              name="preset"
              value={preset}
              checked={preset === value}
              onChange={() => onChange(preset)}
            />
            <span>
              <b>{t(`settings.matching.presets.${preset}.name`)}</b>
              {preset === 'balanced' && <small>{t('settings.matching.standard')}</small>}
              <span className={s.choiceWhy}>{t(`settings.matching.presets.${preset}.why`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Threshold({
  label,
  why,
  value,
  onChange,
  error,
}: {
  label: string;
  why: string;
  value: number | '';
  onChange: (value: number | '') => void;
  error: string | false;
}) {
  const { t } = useTranslation();
  return (
    <NumberInput
      label={label}
      description={why}
      placeholder={t('settings.matching.byPreset')}
      suffix=" %"
      value={value}
      onChange={(next) => onChange(typeof next === 'number' ? next : '')}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      error={error}
    />
  );
}

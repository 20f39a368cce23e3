import { Button, NumberInput, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchingSettings } from '@loket/contracts/settings.js';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { showToast } from '../../../ui/toasts.js';
import { useMatchingSettings, useUpdateMatchingSettings } from '../api.js';
import { changesOf, formOf, presets, thresholdProblem, type MatchingForm } from '../matching-form.js';
import { Conflict } from './Conflict.js';
import { Loaded } from './Loaded.js';
import { Page } from './Page.js';
import { useUnsaved } from './useUnsaved.js';
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

/** @returns the settings as they are now, when somebody else changed them first */
function conflicting(error: unknown): MatchingSettings | null {
  if (!(error instanceof ApiError) || error.code !== 'version_conflict') return null;
  const { data } = error;
  if (typeof data !== 'object' || data === null) return null;
  const current = 'current' in data ? data.current : data;
  return typeof current === 'object' && current !== null && 'preset' in current
    ? (current as MatchingSettings)
    : null;
}

function MatchingEditor({ settings }: { settings: MatchingSettings }) {
  const { t } = useTranslation();
  const [base, setBase] = useState(settings);
  const [form, setForm] = useState(() => formOf(settings));
  const update = useUpdateMatchingSettings();
  const dirty = JSON.stringify(form) !== JSON.stringify(formOf(base));
  const unsaved = useUnsaved(dirty);
  const theirs = conflicting(update.error);
  const problem = thresholdProblem(form);
  const change = (part: Partial<MatchingForm>) => setForm({ ...form, ...part });
  const take = (found: MatchingSettings) => {
    setBase(found);
    setForm(formOf(found));
  };
  const save = (version: number) => {
    if (problem || update.isPending) return;
    update.mutate(
      { ...changesOf(form), version },
      {
        onSuccess: (saved) => {
          unsaved.release();
          take(saved);
          showToast({ text: t('settings.matching.saved') });
        },
      },
    );
  };
  const joins = !['suggest_only', 'off'].includes(form.preset);
  return (
    <form
      className={s.panel}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(base.version);
      }}
    >
      <div className={s.form}>
        <Presets value={form.preset} onChange={(preset) => change({ preset })} />
        <TagsInput
          label={t('settings.matching.products')}
          description={t('settings.matching.productsWhy')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
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
      </div>
      <div className={s.bar}>
        {theirs && (
          <Conflict
            what={t('settings.conflict.matching')}
            onTake={() => {
              take(theirs);
              update.reset();
            }}
            onKeep={() => save(theirs.version)}
          />
        )}
        {update.error && !theirs && (
          <p className={s.note} data-tone="danger" role="alert">
            {errorText(t, update.error)}
          </p>
        )}
        <span className={`grow ${s.dim}`}>{dirty && t('settings.unsaved.mark')}</span>
        <Button type="submit" loading={update.isPending} disabled={!dirty || problem !== null}>
          {t('ui.save')}
        </Button>
      </div>
      {unsaved.question}
    </form>
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
      inputWrapperOrder={['label', 'input', 'description', 'error']}
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

import type { TFunction } from 'i18next';
import type { Evidence } from '@loket/contracts/inbound.js';
import type { Format } from './format.js';

const figures: ReadonlySet<string> = new Set(['seconds', 'perDay', 'holders', 'files']);

/** Figures as people read them; what is named by a code gets its word. */
function readable(
  t: TFunction,
  format: Format,
  data: Evidence['data'],
): Record<string, string | number | boolean | null> {
  const said = { ...data };
  for (const [name, value] of Object.entries(data ?? {})) {
    if (name === 'hours' && typeof value === 'number') said[name] = format.span(value * 3_600_000);
    else if (name === 'percent' && typeof value === 'number') said[name] = format.percent(value / 100);
    else if (name === 'type') said[name] = t(`ui.entity.${value}`, { defaultValue: String(value) });
    else if (name === 'channel') said[name] = t(`ui.channel.${value}`, { defaultValue: String(value) });
    else if (figures.has(name) && typeof value === 'number') said[name] = format.number(value);
    else if (typeof value === 'string' && /^\+\d{6,15}$/.test(value)) said[name] = format.phone(value);
  }
  return said;
}

/**
 * One reason in a sentence. A code that has none yet, and one whose figures are missing, is shown as words with what
 * figures there are: legible, never raw and never empty.
 */
export function evidenceText(t: TFunction, format: Format, evidence: Evidence): string {
  const said = readable(t, format, evidence.data);
  const key = `ui.reason.${evidence.code}`;
  const sentence = t(key, { ...said, defaultValue: '' });
  const whole =
    sentence !== '' && needed(t, key).every((name) => said[name] !== undefined && said[name] !== null);
  if (whole) return /^{{(?!type)/.test(template(t, key)) ? sentence : capital(sentence);
  const words = evidence.code.replaceAll('_', ' ');
  const rest = Object.entries(said).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`${name.replaceAll('_', ' ')} ${String(value)}`],
  );
  return capital([words, ...rest].join(' · '));
}

function template(t: TFunction, key: string): string {
  return t(key, { skipInterpolation: true, defaultValue: '' });
}

/** names of the figures that a sentence wants */
function needed(t: TFunction, key: string): string[] {
  return [...template(t, key).matchAll(/{{(\w+)}}/g)].map(([, name = '']) => name);
}

function capital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
}

/** What is told by likeness is never quite certain, however high its score. */
export const likeness = (score: number): number => Math.min(score, 0.99);

/** How sure, as a word and a figure: “almost certain, 94 %”. */
export function scoreText(t: TFunction, format: Format, score: number): string {
  const word =
    score >= 0.995
      ? 'certain'
      : score >= 0.9
        ? 'very'
        : score >= 0.7
          ? 'likely'
          : score >= 0.4
            ? 'maybe'
            : 'weak';
  return t('ui.score.words', { words: t(`ui.score.${word}`), percent: format.percent(score) });
}

import type { VisitorConfig, VisitorStatus } from '@loket/contracts/visitors.js';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import { en, type Texts } from './en.js';
import { id } from './id.js';

const all: Record<VisitorLanguage, Texts> = { id, en };

export function textsOf(language: VisitorLanguage): Texts {
  return all[language];
}

/** @param tags BCP 47 tags, most wanted first; `in` is Indonesian's old name, still sent by old Java */
export function pickLanguage(tags: readonly (string | null | undefined)[]): VisitorLanguage {
  for (const tag of tags) {
    const language = tag?.toLowerCase().split(/[-_]/)[0];
    if (language === 'id' || language === 'in' || language === 'ms') return 'id';
    if (language === 'en') return 'en';
  }
  return 'en';
}

/** Words of the settings in a language, or in the other one; '' when there are none. */
export function wordsIn(words: VisitorConfig['greeting'], language: VisitorLanguage): string {
  return words[language] || words.id || words.en || '';
}

/** "Rani answers, usually within 6 minutes" */
export function statusLine(t: Texts, status: VisitorStatus, agent: string | null, now = new Date()): string {
  if (!status.online) return status.opensAt ? t.opens(openingTime(t, status.opensAt, now)) : t.away;
  const who = agent ? t.someoneAnswers(agent) : t.weAnswer;
  const { expectedMinutes: minutes } = status;
  if (minutes === null) return agent ? who : t.hereNow;
  const time = minutes < 60 ? t.minutes(Math.max(1, minutes)) : t.hours(Math.round(minutes / 60));
  return `${who}, ${t.answersWithin(time)}`;
}

function openingTime(t: Texts, instant: string, now: Date): string {
  const at = new Date(instant);
  const far = at.getTime() - now.getTime() > 6 * 86_400_000;
  const day: Intl.DateTimeFormatOptions = far ? { day: 'numeric', month: 'long' } : { weekday: 'long' };
  const today = at.toDateString() === now.toDateString();
  return at.toLocaleString(t.locale, { ...(today ? {} : day), hour: '2-digit', minute: '2-digit' });
}

export function clock(t: Texts, at: number): string {
  return new Date(at).toLocaleTimeString(t.locale, { hour: '2-digit', minute: '2-digit' });
}

/** "Today", "Yesterday", or the date. */
export function dayName(t: Texts, at: number, now = Date.now()): string {
  const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (days === 0 || days === -1) {
    const word = new Intl.RelativeTimeFormat(t.locale, { numeric: 'auto' }).format(days, 'day');
    return word.charAt(0).toUpperCase() + word.slice(1);
  }
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
  return new Date(at).toLocaleDateString(t.locale, { day: 'numeric', month: 'long', year });
}

/** 1,5 MB */
export function fileSize(t: Texts, bytes: number): string {
  const [value, unit] = bytes < 1e6 ? [Math.max(1, bytes / 1e3), 'kB'] : [bytes / 1e6, 'MB'];
  return `${value.toLocaleString(t.locale, { maximumFractionDigits: value < 10 && unit === 'MB' ? 1 : 0 })} ${unit}`;
}

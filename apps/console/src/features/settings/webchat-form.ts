import type { Channel, WebchatChannelConfig } from '@loket/contracts/channels.js';
import { visitorFileTypes } from '@loket/contracts/visitor-limits.js';
import type { PreChatField } from '@loket/contracts/webchat-config.js';

/** The same words in both languages, as they are typed: empty = there are none. */
export interface Words {
  id: string;
  en: string;
}

/** One stretch of office hours; `day` is ISO, 1 = Monday. */
export interface Span {
  day: number;
  from: string;
  to: string;
}

export interface Question extends Omit<PreChatField, 'label'> {
  label: Words;
}

export type ContinueBy = WebchatChannelConfig['continueBy'][number];

/** A site's chat as it is typed: numbers may be missing, and what is switched off keeps what it was. */
export interface WebchatForm extends Pick<WebchatChannelConfig, 'colour' | 'theme' | 'language' | 'credit'> {
  name: string;
  sites: string[];
  title: string;
  side: WebchatChannelConfig['launcher']['side'];
  inset: number | '';
  bottom: number | '';
  greeting: Words;
  awayGreeting: Words;
  hours: { on: boolean; timeZone: string; week: Span[]; holidays: boolean };
  preChat: Question[];
  consentText: Words;
  files: { on: boolean; types: string[]; maxMegabytes: number | '' };
  continueBy: ContinueBy[];
  continuity: { on: boolean; afterSeconds: number | '' };
  /** sites sign who their visitors are */
  signed: boolean;
  address: string;
  defaultRegion: string;
  reopenWithinHours: number | '';
}

/** A config as the server shows it: `hasSecret` in place of the key that sites sign with. */
export type StoredConfig = Partial<Omit<WebchatChannelConfig, 'identity'>> & {
  identity?: { on?: boolean; hasSecret?: boolean };
};

const workdays = [1, 2, 3, 4, 5];
/** What hours begin with once somebody sets any. */
export const usualWeek: readonly Span[] = workdays.map((day) => ({ day, from: '09:00', to: '17:00' }));

/** Without a channel: what the server would take for what is left out. */
export function formOf(channel: Pick<Channel, 'name' | 'config'> | undefined): WebchatForm {
  const config = (channel?.config ?? {}) as StoredConfig;
  const { launcher, officeHours, files, continuity } = config;
  return {
    name: channel?.name ?? '',
    sites: config.allowedOrigins ?? [],
    title: config.title ?? '',
    colour: config.colour ?? '#0b6374',
    theme: config.theme ?? 'light',
    side: launcher?.side ?? 'end',
    inset: launcher?.inset ?? 20,
    bottom: launcher?.bottom ?? 20,
    greeting: wordsOf(config.greeting),
    awayGreeting: wordsOf(config.awayGreeting),
    language: config.language ?? 'page',
    credit: config.credit ?? true,
    hours: {
      on: Boolean(officeHours),
      timeZone: officeHours?.timeZone ?? 'Asia/Jakarta',
      week: officeHours?.week ?? [...usualWeek],
      holidays: officeHours?.holidays ?? false,
    },
    preChat: (config.preChat ?? []).map(questionOf),
    consentText: wordsOf(config.consentText),
    files: {
      on: files !== null,
      types: files?.types ?? [...visitorFileTypes],
      maxMegabytes: (files?.maxBytes ?? 10_000_000) / 1_000_000,
    },
    continueBy: config.continueBy ?? ['email'],
    continuity: { on: continuity?.on ?? true, afterSeconds: continuity?.afterSeconds ?? 60 },
    signed: config.identity?.on ?? false,
    address: config.address ?? '',
    defaultRegion: config.defaultRegion ?? 'ID',
    reopenWithinHours: config.reopenWithinHours ?? 72,
  };
}

function wordsOf(words: Partial<Words> | undefined): Words {
  return { id: words?.id ?? '', en: words?.en ?? '' };
}

function questionOf(field: PreChatField): Question {
  return {
    ...field,
    label: wordsOf(field.label),
    required: field.required ?? false,
    options: field.options ?? [],
  };
}

/**
 * The whole config to send.
 *
 * @param stored the settings as they are: what this form does not show stays
 */
export function configOf(form: WebchatForm, stored: StoredConfig = {}): Record<string, unknown> {
  const { launcher, officeHours, files, continuity } = stored;
  return {
    ...without(stored, 'title', 'address', 'reopenWithinHours'),
    ...(form.address.trim() && { address: form.address.trim() }),
    defaultRegion: form.defaultRegion.trim().toUpperCase(),
    ...(form.reopenWithinHours !== '' && { reopenWithinHours: form.reopenWithinHours }),
    allowedOrigins: form.sites,
    ...(form.title.trim() && { title: form.title.trim() }),
    colour: form.colour,
    theme: form.theme,
    greeting: toWords(form.greeting, stored.greeting),
    awayGreeting: toWords(form.awayGreeting, stored.awayGreeting),
    language: form.language,
    launcher: {
      ...launcher,
      side: form.side,
      ...given('inset', form.inset),
      ...given('bottom', form.bottom),
    },
    officeHours: form.hours.on ? { ...without(officeHours ?? {}, 'holidays'), ...hoursOf(form.hours) } : null,
    preChat: form.preChat.map((question) => ({
      ...question,
      label: toWords(question.label),
      options: question.kind === 'choice' ? question.options : [],
    })),
    consentText: toWords(form.consentText, stored.consentText),
    files: form.files.on
      ? {
          ...files,
          types: form.files.types,
          ...(form.files.maxMegabytes !== '' && {
            maxBytes: Math.round(form.files.maxMegabytes * 1_000_000),
          }),
        }
      : null,
    continueBy: form.continueBy,
    continuity: {
      ...continuity,
      on: form.continuity.on,
      ...given('afterSeconds', form.continuity.afterSeconds),
    },
    identity: { ...without(stored.identity, 'hasSecret'), on: form.signed },
    credit: form.credit,
  };
}

/** Hours as the server takes them, also those of teams. */
export function hoursOf({ timeZone, week, holidays }: Omit<WebchatForm['hours'], 'on'>) {
  return { timeZone, week, ...(holidays && { holidays }) };
}

function without(section: object = {}, ...keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(section).filter(([key]) => !keys.includes(key)));
}

function given(key: string, value: number | ''): Record<string, number> {
  return value === '' ? {} : { [key]: value };
}

/** Words in languages that this form does not show stay. */
function toWords({ id, en }: Words, stored?: object): Record<string, unknown> {
  return {
    ...without(stored, 'id', 'en'),
    ...(id.trim() && { id: id.trim() }),
    ...(en.trim() && { en: en.trim() }),
  };
}

/** What a channel is called that was given no name of its own: as its first site. */
export function nameOf({ name, sites }: Pick<WebchatForm, 'name' | 'sites'>): string {
  if (name.trim()) return name.trim();
  const [site = ''] = sites;
  return URL.canParse(site) ? new URL(site).host.replace(/^www\./, '') : '';
}

/** Also for a site that signed before: it is the key that matters, not whether it counts just now. */
export function hasKey({ config }: Pick<Channel, 'config'>): boolean {
  return (config as StoredConfig).identity?.hasSecret === true;
}

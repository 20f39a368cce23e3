import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '@loket/contracts/access.js';

/**
 * Texts lie beside what shows them: `src/<room>/locales/{id,en}.json`, `src/features/<name>/locales/{id,en}.json`.
 * The folder's name is the first part of every key: `t('inbox.row.unread')`. A language is loaded when somebody reads
 * it, in two parts: what the first screens say, and the rest.
 */
type Files = Record<string, Record<string, unknown>>;
const parts = {
  first: { id: () => import('./texts/id.js'), en: () => import('./texts/en.js') },
  more: { id: () => import('./texts/id-more.js'), en: () => import('./texts/en-more.js') },
} as const;
type Part = keyof typeof parts;

const loading = new Map<string, Promise<void>>();
/** Somebody has gone beyond the first screens: from then on a language comes whole. */
let whole = false;

function load(part: Part, locale: Locale): Promise<void> {
  const key = `${part} ${locale}`;
  const under = loading.get(key);
  if (under) return under;
  const work = parts[part][locale]().then(
    ({ files }) => {
      i18next.addResourceBundle(locale, 'translation', collect(files), true);
    },
    (error: unknown) => {
      // asked for again the next time
      loading.delete(key);
      throw error;
    },
  );
  loading.set(key, work);
  return work;
}

function collect(files: Files) {
  const tree: Record<string, unknown> = {};
  for (const [path, texts] of Object.entries(files)) {
    // this room's own texts come as `../locales/…`
    const [, folder = 'app'] = /(?:\/([\w-]+))?\/locales\/\w+\.json$/.exec(path) ?? [];
    tree[folder] = texts;
  }
  return tree;
}

const storageKey = 'loket-language';

/** Remembered choice, else the browser's language: Indonesian (and Malay, which reads it) or English. */
function detect(): Locale {
  const kept = localStorage.getItem(storageKey);
  if (kept === 'id' || kept === 'en') return kept;
  return /^(id|in|ms|jv|su)\b/i.test(navigator.language) ? 'id' : 'en';
}

void i18next.use(initReactI18next).init({
  lng: detect(),
  fallbackLng: false,
  resources: {},
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
});
document.documentElement.lang = i18next.language;
i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language;
});

/** Until then there is nothing to say. */
export const textsReady = load('first', currentLocale());

/** For screens that are loaded when asked for. */
export function moreTexts(): Promise<void> {
  whole = true;
  return load('more', currentLocale());
}

export function currentLocale(): Locale {
  return i18next.language === 'id' ? 'id' : 'en';
}

let wanted = currentLocale();

/** Switches as soon as the texts are there and remembers it in this browser. The session also writes it to the agent's profile. */
export function setLocale(locale: Locale): void {
  localStorage.setItem(storageKey, locale);
  wanted = locale;
  if (i18next.language === locale) return;
  void Promise.all([load('first', locale), whole && load('more', locale)]).then(() => {
    // who clicks twice gets what he clicked last
    if (wanted === locale && i18next.language !== locale) return i18next.changeLanguage(locale);
  });
}

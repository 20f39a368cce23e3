import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '@loket/contracts/access.js';

/**
 * Texts lie beside what shows them: `src/<room>/locales/{id,en}.json`, `src/features/<name>/locales/{id,en}.json`.
 * The folder's name is the first part of every key: `t('inbox.row.unread')`.
 */
const files = import.meta.glob<Record<string, unknown>>(
  ['../{app,api,ui}/locales/*.json', '../features/*/locales/*.json'],
  { eager: true, import: 'default' },
);

function collect(locale: Locale) {
  const tree: Record<string, unknown> = {};
  for (const [path, texts] of Object.entries(files)) {
    // this file lies in `app`, so its own texts come as `./locales/…`
    const [, folder = 'app', language] = /(?:\/([\w-]+))?\/locales\/(\w+)\.json$/.exec(path) ?? [];
    if (language === locale) tree[folder] = texts;
  }
  return { translation: tree };
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
  fallbackLng: 'en',
  resources: { id: collect('id'), en: collect('en') },
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
});
document.documentElement.lang = i18next.language;
i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language;
  nameApp(language);
});
nameApp(i18next.language);

/** An installed console is named in the language in which it was installed. */
function nameApp(language: string): void {
  const manifest = document.querySelector('link[rel=manifest]');
  manifest?.setAttribute('href', `/manifest.${language}.webmanifest`);
}

export function currentLocale(): Locale {
  return i18next.language === 'id' ? 'id' : 'en';
}

/** Switches at once and remembers it in this browser. The session also writes it to the agent's profile. */
export function setLocale(locale: Locale): void {
  localStorage.setItem(storageKey, locale);
  if (i18next.language !== locale) void i18next.changeLanguage(locale);
}

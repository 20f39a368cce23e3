/** What the first screens say; what `en-more.ts` lists comes when it is asked for. */
export const files = import.meta.glob<Record<string, unknown>>(
  [
    '../../{app,api,ui}/locales/en.json',
    '../../features/*/locales/en.json',
    '!../../features/{settings,operations,incidents,quarantine}/**',
  ],
  { eager: true, import: 'default' },
);

/** What the first screens say; what `id-more.ts` lists comes when it is asked for. */
export const files = import.meta.glob<Record<string, unknown>>(
  [
    '../../{app,api,ui}/locales/id.json',
    '../../features/*/locales/id.json',
    '!../../features/{settings,operations,incidents,quarantine}/**',
  ],
  { eager: true, import: 'default' },
);

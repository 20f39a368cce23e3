/** What screens say that are loaded when they are asked for. */
export const files = import.meta.glob<Record<string, unknown>>(
  ['../../features/{settings,operations,incidents,quarantine}/locales/en.json'],
  { eager: true, import: 'default' },
);

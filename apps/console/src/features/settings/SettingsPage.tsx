/** Placeholder until the screen is built. */
export function SettingsPage() {
  return <section aria-label="SettingsPage" />;
}

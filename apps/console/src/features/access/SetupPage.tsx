/** Placeholder until the screen is built. */
export function SetupPage() {
  return <section aria-label="SetupPage" />;
}

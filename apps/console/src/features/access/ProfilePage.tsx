/** Placeholder until the screen is built. */
export function ProfilePage() {
  return <section aria-label="ProfilePage" />;
}

/** Placeholder until the screen is built. */
export function OnboardingPage() {
  return <section aria-label="OnboardingPage" />;
}

/** Placeholder until the screen is built. */
export function SignInPage() {
  return <section aria-label="SignInPage" />;
}

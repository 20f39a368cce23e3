/** Placeholder until the screen is built. */
export function QuarantinePage() {
  return <section aria-label="QuarantinePage" />;
}

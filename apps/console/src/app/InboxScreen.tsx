import { Shell } from './shell/Shell.js';

export function InboxScreen({ view, number }: { view: string | undefined; number: string | undefined }) {
  return (
    <Shell rail="full" hideNav={number !== undefined}>
      {view}
    </Shell>
  );
}

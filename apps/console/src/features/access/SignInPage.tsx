import { lazy, Suspense, useState } from 'react';
import { useOpenSession, type Challenge } from './api.js';
import { CodeStep } from './components/CodeStep.js';
import { PasswordStep } from './components/PasswordStep.js';

/** It draws a QR code; few people come here. */
const SetUpStep = lazy(() =>
  import('./components/SetUpStep.js').then((module) => ({ default: module.SetUpStep })),
);

/**
 * E-mail and password, then the second step where one is asked for. The gate goes on by itself to where one wanted to go
 * (`?next=`).
 */
export function SignInPage() {
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const [ended, setEnded] = useState(false);
  const open = useOpenSession();
  const back = (becauseEnded: boolean) => {
    setEnded(becauseEnded);
    setChallenge(null);
  };
  if (challenge === null) return <PasswordStep ended={ended} onChallenge={setChallenge} />;
  if (challenge.kind === 'code') return <CodeStep challenge={challenge} onIn={open} onBack={back} />;
  return (
    <Suspense fallback={null}>
      <SetUpStep challenge={challenge} onIn={open} onBack={back} />
    </Suspense>
  );
}

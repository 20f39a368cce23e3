import { useState } from 'react';
import { useOpenSession, type Challenge } from './api.js';
import { PasswordStep } from './components/PasswordStep.js';
import { SecondStep } from './components/SecondStep.js';

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
  return <SecondStep challenge={challenge} onIn={open} onBack={back} />;
}

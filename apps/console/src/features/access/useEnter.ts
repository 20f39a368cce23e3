import { useState } from 'react';
import { useLocation } from 'wouter';
import { useSignIn } from '../../api/session.js';
import { challengeOf, useOpenSession, type Challenge } from './api.js';

/**
 * In with the password that was set just now, by the way that everybody goes: a second step is asked for where it is
 * anywhere else. The link leaves the history with it.
 */
export function useEnter() {
  const [, go] = useLocation();
  const signIn = useSignIn();
  const openSession = useOpenSession();
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const leave = (to: string) => go(to, { replace: true });
  return {
    enter: (email: string, password: string) =>
      signIn.mutate(
        { email, password },
        {
          onSuccess: () => leave('/'),
          onError: (error) => {
            const asked = challengeOf(error);
            // whatever else went wrong, the password is set: the sign-in says what it is
            if (asked === null) leave('/signin');
            else setChallenge({ ...asked, email });
          },
        },
      ),
    entering: signIn.isPending,
    /** to be given to the second step, once it is asked for */
    step: challenge && {
      challenge,
      onIn: (session: Parameters<typeof openSession>[0]) => {
        openSession(session);
        leave('/');
      },
      onBack: () => leave('/signin'),
    },
  };
}

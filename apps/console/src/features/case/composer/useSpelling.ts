import { useState } from 'react';
import type { Locale } from '@loket/contracts/access.js';
import { useCustomer } from '../../../api/customers.js';
import { useMe } from '../../../api/session.js';

/** In which language one writes to a customer, and whether the browser checks the spelling. */
export type Spelling = Locale | 'off';

const keyOf = (customerId: string) => `loket-spelling:${customerId}`;

/**
 * Remembered per customer in this browser; until somebody chooses, it is what the customer speaks, else one's own.
 */
export function useSpelling(customerId: string): {
  language: Locale;
  spelling: Spelling;
  choose: (next: Spelling) => void;
} {
  const me = useMe();
  const spoken = useCustomer(customerId).data?.language ?? me.locale;
  const [chosen, setChosen] = useState(() => localStorage.getItem(keyOf(customerId)));
  const spelling = chosen === 'id' || chosen === 'en' || chosen === 'off' ? chosen : spoken;
  return {
    language: spelling === 'off' ? spoken : spelling,
    spelling,
    choose: (next) => {
      localStorage.setItem(keyOf(customerId), next);
      setChosen(next);
    },
  };
}

import { useState } from 'react';
import type { Locale } from '@loket/contracts/access.js';
import { useCustomer } from '../../../api/customers.js';
import { useMe } from '../../../api/session.js';
import { useWorkspace } from '../../../api/workspace.js';
import { languageToWrite, localeOf, spellings } from './spelling.js';

const keyOf = (customerId: string) => `loket-spelling:${customerId}`;

/**
 * In which language one writes to a customer, and whether the browser checks the spelling. Remembered per customer in this
 * browser; until somebody chooses, it is what the customer is answered in.
 */
export function useSpelling(customerId: string): {
  /** of the words that are typed */
  language: string;
  /** of canned answers, which there are in two languages */
  canned: Locale;
  /** a language, or `off` */
  spelling: string;
  choices: string[];
  choose: (next: string) => void;
} {
  const me = useMe();
  const spoken = useCustomer(customerId).data?.language ?? null;
  const answered = useWorkspace().data?.customerLanguages ?? [];
  const [chosen, setChosen] = useState(() => localStorage.getItem(keyOf(customerId)));
  const usual = languageToWrite(spoken, answered, me.locale);
  const choices = spellings(answered, usual);
  const spelling = chosen !== null && choices.includes(chosen) ? chosen : usual;
  const language = spelling === 'off' ? usual : spelling;
  return {
    language,
    canned: localeOf(language, answered),
    spelling,
    choices,
    choose: (next) => {
      localStorage.setItem(keyOf(customerId), next);
      setChosen(next);
    },
  };
}

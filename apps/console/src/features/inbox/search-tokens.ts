import type { CaseFilters, CaseListParams } from '../../api/keys.js';
import { channelKinds } from './list-params.js';
import { priorities } from '../../api/case-words.js';

/** Whom and what a search may name. */
export interface KnownNames {
  agents: readonly { id: string; name: string }[];
  teams: readonly { id: string; name: string }[];
}

export interface ParsedSearch {
  /** what is left to be looked for as words */
  words: string;
  filters: CaseFilters;
  status?: CaseListParams['status'];
}

const names: Record<string, keyof typeof readers> = {
  is: 'is',
  status: 'is',
  from: 'from',
  dari: 'from',
  to: 'assignee',
  assignee: 'assignee',
  petugas: 'assignee',
  team: 'team',
  tim: 'team',
  tag: 'tag',
  label: 'tag',
  channel: 'kind',
  kanal: 'kind',
  priority: 'priority',
  prioritas: 'priority',
};
const statusWords: Record<string, CaseListParams['status']> = {
  open: 'open',
  terbuka: 'open',
  pending: 'pending',
  waiting: 'pending',
  menunggu: 'pending',
  resolved: 'resolved',
  done: 'resolved',
  selesai: 'resolved',
  all: 'all',
  semua: 'all',
};
const kindWords: Record<string, (typeof channelKinds)[number]> = {
  wa: 'whatsapp',
  mail: 'email',
  surel: 'email',
  chat: 'webchat',
  obrolan: 'webchat',
  call: 'phone',
  telepon: 'phone',
};
const priorityWords: Record<string, (typeof priorities)[number]> = {
  rendah: 'low',
  biasa: 'normal',
  tinggi: 'high',
  mendesak: 'urgent',
};

type Read = Partial<Omit<ParsedSearch, 'words'>> & { word?: string };

/** What the value of a token means; null when it means nothing, and then it stays where it was typed. */
const readers = {
  is(value): Read | null {
    if (/^(unassigned|free|bebas)$/.test(value)) return { filters: { assignee: 'none' } };
    if (/^(mine|saya)$/.test(value)) return { filters: { assignee: 'me' } };
    const status = statusWords[value];
    return status ? { status } : null;
  },
  /** a customer's name is looked for as words are, so that a misspelt one is found too */
  from: (value): Read => ({ word: value }),
  assignee(value, known): Read | null {
    if (/^(me|saya)$/.test(value)) return { filters: { assignee: 'me' } };
    if (/^(none|nobody|kosong)$/.test(value)) return { filters: { assignee: 'none' } };
    const agent = named(known.agents, value);
    return agent ? { filters: { assignee: agent } } : null;
  },
  team(value, known): Read | null {
    const team = named(known.teams, value);
    return team ? { filters: { team } } : null;
  },
  tag: (value): Read | null => (value.length <= 50 ? { filters: { tag: value } } : null),
  kind(value): Read | null {
    const kind = kindWords[value] ?? channelKinds.find((one) => one === value);
    return kind ? { filters: { kind } } : null;
  },
  priority(value): Read | null {
    const priority = priorityWords[value] ?? priorities.find((one) => one === value);
    return priority ? { filters: { priority } } : null;
  },
} satisfies Record<string, (value: string, known: KnownNames) => Read | null>;

/** The only one whose name begins so, or has a word that does. */
function named(all: KnownNames['agents'], value: string): string | undefined {
  const fits = all.filter(({ name }) => {
    const lower = name.toLowerCase();
    return (
      lower === value || lower.startsWith(value) || lower.split(/\s+/).some((word) => word.startsWith(value))
    );
  });
  const exact = fits.find(({ name }) => name.toLowerCase() === value);
  return exact?.id ?? (fits.length === 1 ? fits[0]?.id : undefined);
}

const token = /(?<![\p{L}\p{N}])(\p{L}+):("([^"]+)"|[^\s"]+)(\s|$)/gu;

/**
 * Takes tokens such as `is:open tim:retur label:"barang rusak" channel:wa` out of a search; what is not understood stays.
 *
 * @param finished the text is complete; before that, a token at its end may still be being written
 */
export function parseSearch(text: string, known: KnownNames, finished: boolean): ParsedSearch {
  const parsed: ParsedSearch = { words: '', filters: {} };
  const words = text.replace(
    token,
    (whole: string, name: string, bare: string, quoted: string | undefined, end: string) => {
      const reader = names[name.toLowerCase()];
      if (!reader || (end === '' && !finished)) return whole;
      const value = quoted ?? bare;
      const read: Read | null = readers[reader](
        reader === 'tag' || reader === 'from' ? value : value.toLowerCase(),
        known,
      );
      if (!read) return whole;
      Object.assign(parsed.filters, read.filters);
      if (read.status) parsed.status = read.status;
      return read.word === undefined ? '' : `${read.word}${end}`;
    },
  );
  return { ...parsed, words: finished ? words.replace(/\s+/g, ' ').trim() : words.trimStart() };
}

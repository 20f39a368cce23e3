import {
  balineseArticles,
  besideName,
  cities,
  companyHeads,
  degrees,
  generic,
  nobility,
  parentTitles,
  patronymics,
  plainDegrees,
  relations,
  titles,
  tradeOrName,
  tradeWords,
  type Gender,
} from './name-words.js';
import { isLeadingKey } from './leading.js';
import { isKnownName } from './name-frequencies.js';
import type { NameToken, PersonName } from './person-name.js';
import { maxNameChars, plainLetters } from './plain-text.js';
import { spellingKey } from './spelling-key.js';

const maxTokens = 8;
const nobody: PersonName = {
  kind: 'none',
  tokens: [],
  gender: null,
  parent: false,
  company: null,
  handle: null,
  text: '',
};

/**
 * Reads a name as people write it in mail headers, chat profiles and signatures: titles, degrees, emoji, remarks and
 * shops beside the name, family name first, one word, or no name at all. Mail addresses are read by the part before the
 * `@`. Never throws; looks at the first 200 characters.
 */
export function readName(text: string): PersonName {
  const plain = plainLetters(text).trim();
  if (/^[^\s@<>"]+@[^\s@]*$/.test(plain)) return readHandle(plain.slice(0, plain.indexOf('@')));
  const read = segmentsOf(plain).map(readSegment);
  const company = read.find((segment) => segment.company !== null)?.company ?? null;
  const person = read.find(({ kind }) => kind === 'person');
  if (person !== undefined) return { ...person, company };
  return company === null ? nobody : { ...nobody, kind: 'company', company };
}

/** `budi.santoso87` → budi, santoso; also a name in one word, where no parts can be told (`hwijaya`). */
export function readHandle(local: string): PersonName {
  const parts = (plainLetters(local).toLowerCase().split('+', 1)[0] ?? '')
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
  const handle = withoutTrade(parts.join(''));
  if (handle.length < 3 || parts.every((part) => generic.has(part)) || companyHeads.has(parts[0] ?? '')) {
    return nobody;
  }
  const tokens = parts.filter((part) => !besideName.has(part) && !degrees.has(part));
  const words = parts.length > 1 && tokens.length > 0 ? tokens : [handle];
  return {
    ...nobody,
    kind: 'person',
    tokens: words.slice(0, maxTokens).map((word) => tokenOf(word)),
    handle,
    text: words.map(capitalised).join(' '),
  };
}

/** Parts that a dash, bar or bracket sets apart, those before brackets first. */
function segmentsOf(text: string): string[] {
  const bracketed: string[] = [];
  const rest = text
    .replace(/<[^<>]*>?/g, ' ')
    .replace(/[([{]([^()[\]{}]*)[)\]}]?/g, (_, inside: string) => {
      if (!/^\s*via\b/i.test(inside)) bracketed.push(inside);
      return ' ';
    })
    .replace(/\s+(?:via|melalui|c\/o|d\/a|u\.p\.|a\.n\.|an\.)\s.*$/i, ' ');
  return [rest, ...bracketed].flatMap((part) =>
    part
      .replace(/(?<=\p{L})'(?=\p{L})/gu, '')
      .replace(/[^\p{L}\p{N}.,|/~&:;@\n_-]+/gu, ' ')
      .replace(/_+/g, ' ')
      .split(/\s-+|-+\s|[|/~&:;@\n]+|\s(?:dan|and|alias|als)\s/i)
      .flatMap(companyApart)
      .map((segment) => segment.trim())
      .filter((segment) => segment !== ''),
  );
}

/** `PT Maju, Budi Santoso` */
function companyApart(segment: string): string[] {
  const first = /\p{L}+/u.exec(segment)?.[0].toLowerCase() ?? '';
  return companyHeads.has(first) ? segment.split(',') : [segment];
}

interface Chunk {
  /** as written */
  raw: string;
  /** behind a comma */
  after: boolean;
}

function readSegment(segment: string): PersonName {
  const chunks = turned(chunksOf(segment));
  const spoken = withoutDegrees(chunks).flatMap(({ raw }) => wordsOf(raw));
  const { words, gender, parent } = withoutTitles(spelledOut(beforeRelation(trimmed(spoken))));
  if (words.every((word) => generic.has(word.toLowerCase()))) return nobody;
  const lower = words.map((word) => word.toLowerCase());
  const whole = lower.join(' ');
  const trade = lower.findIndex((word) => tradeWords.has(word) && !tradeOrName.has(word));
  const head = spoken.find((word) => !besideName.has(word.toLowerCase()))?.toLowerCase() ?? '';
  if (companyHeads.has(head) || companyHeads.has(lower[0] ?? '') || trade === 0)
    return { ...nobody, kind: 'company', company: whole };
  const own = trade > 0 ? words.slice(0, trade) : words;
  const tokens = tokensOf(own);
  const ownersShop = trade > 0 && !(tokens.length <= 3 && tokens.some((token) => isKnownName(token.key)));
  if (ownersShop) return { ...nobody, kind: 'company', company: whole };
  if (tokens.length === 0) return nobody;
  const single = own.length === 1 ? withoutTrade(lower[0] ?? '') : null;
  return {
    kind: 'person',
    tokens: single === null ? tokens : [tokenOf(single)],
    gender,
    parent: parent && tokens.length <= 2,
    company: trade > 0 ? whole : null,
    handle: single !== null && single.length >= 6 && !isKnownName(spellingKey(single)) ? single : null,
    text: single === null ? own.map(capitalised).join(' ') : capitalised(single),
  };
}

function chunksOf(segment: string): Chunk[] {
  return segment
    .split(',')
    .flatMap((part, i) => part.split(/\s+/).map((raw) => ({ raw, after: i > 0 })))
    .filter(({ raw }) => /[\p{L}\p{N}]/u.test(raw));
}

/** `Santoso, Budi` as it is spoken. What follows the comma must be a name: no degree, title, company or town. */
function turned(chunks: Chunk[]): Chunk[] {
  const family = chunks.filter(({ after }) => !after);
  const given = chunks.filter(({ after }) => after);
  const names = given.every(({ raw }) => {
    const word = bare(raw);
    return !degrees.has(word) && !companyHeads.has(word) && !cities.has(word) && !tradeWords.has(word);
  });
  if (family.length === 0 || given.length === 0) return chunks;
  if (names && family.length <= 2 && given.length <= 3) {
    return [...given, ...family].map(({ raw }) => ({ raw, after: false }));
  }
  return chunks.filter(({ raw, after }) => !after || degrees.has(bare(raw)));
}

function withoutDegrees(chunks: Chunk[]): Chunk[] {
  const kept = [...chunks];
  while (kept.length > 1) {
    const [previous, last] = kept.slice(-2);
    if (previous === undefined || last === undefined) break;
    if (isDegree(last, kept)) kept.pop();
    else if (
      kept.length > 2 &&
      /^\p{L}{1,2}\.$/u.test(previous.raw) &&
      degrees.has(bare(previous.raw + last.raw))
    ) {
      kept.splice(-2);
    } else break;
  }
  return kept;
}

function isDegree({ raw, after }: Chunk, all: readonly Chunk[]): boolean {
  const word = bare(raw);
  if (!degrees.has(word)) return false;
  if (after || plainDegrees.has(word) || /\.\p{L}/u.test(raw)) return true;
  // SpOG, MM: capitals that the rest of the name does not have
  return /\p{Lu}.*\p{Lu}/u.test(raw) && all.some((chunk) => /\p{Ll}/u.test(chunk.raw));
}

/** `Drs.H.Mulyadi` and `BudiSantoso` are several words; digits at the ends go. */
function wordsOf(raw: string): string[] {
  const whole = bare(raw);
  if ((whole !== 'aa' && titles.has(whole)) || generic.has(whole) || tradeWords.has(whole)) {
    return [raw.replace(/[^\p{L}]/gu, '')];
  }
  const pieces = raw.split(/[.-]+/);
  return pieces
    .flatMap((piece) => piece.replace(/(?<=\p{Ll}{2})(?=\p{Lu}\p{Ll}{2})/gu, ' ').split(' '))
    .map((word) => word.replace(/^\p{N}+|\p{N}+$/gu, ''))
    .filter((word) => /\p{L}/u.test(word));
}

/** Without what stands beside a name at either end, unless that is all there is. */
function trimmed(words: readonly string[]): string[] {
  const beside = (word: string | undefined): boolean =>
    word !== undefined && besideName.has(word.toLowerCase());
  let [from, to] = [0, words.length];
  while (from < to && beside(words[from])) from++;
  while (to > from + 1 && (beside(words[to - 1]) || cities.has((words[to - 1] ?? '').toLowerCase()))) to--;
  return words.slice(from, to);
}

/** `Rina adiknya Budi` is Rina. */
function beforeRelation(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word, i) => i > 0 && relations.has(word.toLowerCase()));
  return at > 0 && !words.slice(0, at).every((word) => titles.has(word.toLowerCase()))
    ? words.slice(0, at)
    : words;
}

/** `b u d i` is Budi, and `Eko BP` has two initials. */
function spelledOut(words: readonly string[]): readonly string[] {
  if (words.length > 2 && words.every((word) => /^\p{L}$/u.test(word))) return [words.join('')];
  const mixed = words.some((word) => /\p{Ll}/u.test(word));
  return words.flatMap((word, i) => {
    const letters = i > 0 && mixed && /^[B-DF-HJ-NP-TV-Z]{2,3}$/.test(word);
    return letters && !companyHeads.has(word.toLowerCase()) ? [...word] : [word];
  });
}

function withoutTitles(words: readonly string[]): {
  words: string[];
  gender: Gender | null;
  parent: boolean;
} {
  const rest = [...words];
  let gender: Gender | null = null;
  let parent = false;
  for (;;) {
    const first = rest[0]?.toLowerCase();
    if (first === undefined) break;
    const second = rest[1]?.toLowerCase();
    const article = balineseArticles.get(first);
    if (article !== undefined && second !== undefined && isLeadingKey(spellingKey(second))) {
      gender ??= article;
    } else if (titles.has(first) || (parentTitles.has(first) && rest.length > 1)) {
      gender ??= titles.get(first) ?? null;
      parent ||= parentTitles.has(first);
    } else if (!(nobility.has(first) && rest.length > 1)) break;
    rest.shift();
  }
  return { words: rest, gender, parent };
}

function tokensOf(words: readonly string[]): NameToken[] {
  const tokens: NameToken[] = [];
  let father = false;
  for (const [i, word] of words.slice(0, maxTokens).entries()) {
    const lower = word.toLowerCase();
    const patronymic = i > 0 && i < words.length - 1 ? patronymics.get(lower) : undefined;
    if (patronymic !== undefined) father = patronymic === 'father';
    else tokens.push(tokenOf(lower, father));
  }
  return tokens;
}

function tokenOf(text: string, father = false): NameToken {
  return { text, key: spellingKey(text), initial: /^[a-z]$/.test(text), father };
}

/** `rinaolshop` → `rina` */
function withoutTrade(word: string): string {
  const name = /^(.{3,}?)(?:olshop|onlineshop|shop|store|official|collection|hijab|reseller)$/.exec(
    word,
  )?.[1];
  return name ?? word;
}

function bare(raw: string): string {
  return raw
    .slice(0, maxNameChars)
    .replace(/[^\p{L}()]/gu, '')
    .toLowerCase();
}

function capitalised(word: string): string {
  const allOneCase = word === word.toLowerCase() || word === word.toUpperCase();
  return allOneCase ? word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase() : word;
}

import { addPhrase, conceptOf, concepts, formsOf, isDull, phraseNode, type PhraseNode } from './concepts.js';
import { courtesy, stopWords } from './spelling.js';
import { tokensOf, cleanText } from './tokenise.js';

/** What the workspace knows of its own language: names of what it sells, and how often words are used. */
export interface Lexicon {
  readonly products: readonly string[];
  /** what a normalised word tells when two texts share it: 0 nothing, about 1 much */
  weightOf(word: string): number;
}

/** a word that no table has: a name, a place, a part, a fault of one trade; the more it tells */
export const unknownWord = 0.75;
const dullWord = 0.08;
/** marks a thing that is denied or fails: `!login` is "cannot log in" */
export const denial = '!';
/** so many messages are needed before the workspace's own counts weigh as much as the built-in table */
const trustedDocuments = 500;

function builtInWeight(word: string): number {
  if (word.startsWith(denial)) {
    const target = word.slice(1);
    const concept = conceptOf(target);
    if (concept) return concept.name === 'arrive' ? 0.6 : 0.35 + 0.6 * concept.weight;
    return isDull(target) || stopWords.has(target) ? 0.1 : 0.6;
  }
  const concept = conceptOf(word);
  if (concept) return concept.weight;
  if (isDull(word)) return dullWord;
  if (courtesy.has(word) || stopWords.has(word)) return 0;
  if (word.length <= 2) return 0.15;
  return unknownWord;
}

/** Knows no products, and rarity only from the vocabulary of customer service. */
/** no table has the word, so that nothing is known of what else means the same */
export function isUnknown(word: string): boolean {
  const target = word.startsWith(denial) ? word.slice(1) : word;
  return conceptOf(target) === null && !isDull(target);
}

export const builtInLexicon: Lexicon = { products: [], weightOf: builtInWeight };

/**
 * A lexicon of a workspace: its products, and rarity counted over its messages.
 *
 * @param options `documents`: messages counted; `frequencies`: in how many of them each word of `Digest.words` occurs
 */
export function lexiconOf(options: {
  products: readonly string[];
  documents: number;
  frequencies: ReadonlyMap<string, number>;
}): Lexicon {
  const documents = Math.max(0, options.documents);
  const trust = (0.7 * documents) / (documents + trustedDocuments);
  const scale = Math.log(1 + documents) || 1;
  return {
    products: options.products,
    weightOf(word) {
      const base = builtInWeight(word);
      if (trust === 0 || base === 0) return base;
      const count = Math.min(options.frequencies.get(word) ?? 0, documents);
      const rarity = Math.log(1 + (documents - count + 0.5) / (count + 0.5)) / scale;
      // a word of one message in a hundred is left as it is; commoner ones weigh less, rarer ones a little more
      const factor = Math.min(1.25, Math.max(0.15, rarity * (scale / Math.log(101))));
      return base * (1 - trust + trust * factor);
    },
  };
}

function isCommon(form: string): boolean {
  return concepts.next.has(form) || isDull(form) || stopWords.has(form) || courtesy.has(form);
}

const productIndex = new WeakMap<Lexicon, PhraseNode<string>>();

/** Names of products as paths of word forms. Names of nothing but common words are left out: they would be found everywhere. */
export function productsOf(lexicon: Lexicon): PhraseNode<string> {
  let root = productIndex.get(lexicon);
  if (!root) {
    root = phraseNode<string>();
    for (const name of lexicon.products) {
      const forms = tokensOf(cleanText(name)).flatMap((token) => formsOf(token.text));
      if (forms.every((form) => isCommon(form))) continue;
      addPhrase(root, forms, forms.join(' '));
    }
    productIndex.set(lexicon, root);
  }
  return root;
}

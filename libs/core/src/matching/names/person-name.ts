import type { Gender } from './name-words.js';

export interface NameToken {
  /** plain lower case */
  text: string;
  /** as `spellingKey` writes it */
  key: string;
  /** one letter that stands for a name */
  initial: boolean;
  /** the father's name behind `bin` or `binti`, not the bearer's own */
  father: boolean;
}

/** A written name, taken apart. */
export interface PersonName {
  /** `company`: no person is named. `none`: says nothing of who it is (`Admin`, an emoji, a number) */
  kind: 'person' | 'company' | 'none';
  /** in the order of speech: `Santoso, Budi` gives budi, santoso. Without titles, degrees and decoration */
  tokens: readonly NameToken[];
  /** as told by a title (`Ibu`, `H.` tells nothing) */
  gender: Gender | null;
  /** a mother or father called by the child's name: `Bunda Aqila`. The tokens are the child's */
  parent: boolean;
  /** a company or shop named in place of the person or beside him, plain lower case */
  company: string | null;
  /** letters of a mail address before the @ or of a name in one word, when this was read from one: `bsantoso` */
  handle: string | null;
  /** for people: the name in its own case, cleaned */
  text: string;
}

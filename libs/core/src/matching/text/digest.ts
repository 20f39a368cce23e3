import type { ChannelKind } from '@loket/contracts/channels.js';
import { switchesIn, type SwitchMention } from './channel-switch.js';
import { contentOf, continues, corrects, isNudge, isQuestion, languageOf, type Content } from './content.js';
import { entitiesIn } from './entities.js';
import { entity, type Entity } from './entity.js';
import { intentOf, type Intent } from './intent.js';
import type { Lexicon } from './lexicon.js';
import { isFresh, turns } from './other-matter.js';
import { read, wordsOf, type Word } from './reading.js';
import { subjectOf } from './subject.js';
import { cleanText } from './tokenise.js';

export interface DigestInput {
  subject: string | null;
  text: string;
  /** history and signature folded away by the adapter: read only when nothing new was written */
  quoted?: string | null;
  attachments: readonly { sha256: string; size: number; inline: boolean }[];
}

/** What matching needs to know of a message; computed once, compared often. Holds no text that could be read again. */
export interface Digest {
  /** normalised word (concept, root, or a denied one: `!login`) → times */
  readonly words: ReadonlyMap<string, number>;
  /** those of the subject line */
  readonly subjectWords: ReadonlySet<string>;
  /** four letters in a row as one number each, ascending: finds copies and typing errors */
  readonly grams: Uint32Array;
  readonly entities: readonly Entity[];
  /** sha256 of files that mean something */
  readonly files: readonly string[];
  readonly content: Content;
  readonly language: 'id' | 'en' | null;
  readonly switchFrom: readonly SwitchMention[];
  /** asks for news of something known ("any update?") */
  readonly nudge: boolean;
  /** says itself that it is another matter */
  readonly fresh: boolean;
  /** begins like something that just came to mind ("btw …?", "oiya kak, …"): another matter, or more on this one */
  readonly turns: boolean;
  /** announces a question */
  readonly question: boolean;
  /** goes on with something ("masih belum", "again") */
  readonly continues: boolean;
  /** takes back something said before ("maaf salah, maksud saya …") */
  readonly corrects: boolean;
  readonly intent: Intent;
  /** reads like a machine wrote it ("do not reply to this message") */
  readonly automatic: boolean;
  /** words written */
  readonly length: number;
}

const automaticWording =
  /\b(?:out of office|automatic reply|auto-?reply|do not reply|no-?reply|balasan otomatis|pesan otomatis|jangan (?:membalas|balas) (?:email|pesan) ini|unsubscribe)\b/i;
/** logos and icons of signatures are smaller */
const smallestFile = 4_096;
const smallestInline = 40_960;
const mostFiles = 50;
const longestSubject = 300;

/**
 * Reads one message. Pure, and bounded whatever the text: the first 4,000 characters, 300 words.
 *
 * @param lexicon what the workspace knows of its own words
 */
export function digestOf(input: DigestInput, lexicon: Lexicon): Digest {
  const subject = cleanText(subjectOf((input.subject ?? '').slice(0, longestSubject)));
  const body = cleanText(input.text.trim() === '' ? passedOn(input) : input.text);
  const clean = subject === '' ? body : `${subject}\n${body}`;
  const { entities, rest } = entitiesIn(clean);
  const written = wordsOf(rest);
  const bodyFrom = subject === '' ? 0 : subject.length + 1;
  const ofBody = bodyFrom === 0 ? written : written.filter((word) => word.start >= bodyFrom);
  const switchFrom = switchesIn(written);
  const reading = read(written, lexicon);
  const subjectReading =
    bodyFrom === 0
      ? null
      : read(
          written.filter((word) => word.start < bodyFrom),
          lexicon,
        );
  for (const product of reading.products) entities.push(entity('product', product));
  const intent = intentOf(written, reading.words);
  const strongEntities = entities.filter((one) => one.strength === 'strong').length;
  return {
    words: reading.words,
    subjectWords: new Set(subjectReading?.words.keys()),
    grams: gramsOf(written),
    entities,
    files: filesOf(input.attachments),
    content: contentOf(reading, { strongEntities, entities: entities.length, blank: clean.trim() === '' }),
    language: languageOf(written),
    switchFrom,
    nudge: isNudge(ofBody, reading.words),
    fresh: isFresh(written),
    turns: turns(ofBody, body, intent !== null),
    question: isQuestion(written),
    continues: continues(ofBody),
    corrects: corrects(written),
    intent,
    automatic: automaticWording.test(clean),
    length: written.length,
  };
}

function passedOn(input: DigestInput): string {
  return input.attachments.length > 0 ? '' : (input.quoted ?? '');
}

function filesOf(attachments: DigestInput['attachments']): string[] {
  const files = new Set<string>();
  for (const { sha256, size, inline } of attachments) {
    if (size >= (inline ? smallestInline : smallestFile)) files.add(sha256);
    if (files.size >= mostFiles) break;
  }
  return [...files];
}

const gramLength = 4;
const mostLetters = 1_000;

function gramsOf(written: readonly Word[]): Uint32Array {
  const text = written
    .map(({ form }) => form)
    .join(' ')
    .slice(0, mostLetters);
  const count = text.length - gramLength + 1;
  if (count <= 0) return new Uint32Array(0);
  const hashes = new Uint32Array(count);
  let last = 0;
  for (let i = 0; i < text.length; i++) {
    // the last four letters, seven bits of each
    last = ((last << 7) | (text.charCodeAt(i) & 127)) & 0xfffffff;
    if (i >= gramLength - 1) hashes[i - gramLength + 1] = last;
  }
  hashes.sort();
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const hash = hashes[i] ?? 0;
    if (i === 0 || hash !== hashes[i - 1]) hashes[kept++] = hash;
  }
  return hashes.slice(0, kept);
}

/** kinds of channel that the message says it was preceded on */
export function mentions(digest: Digest, kind: ChannelKind): boolean {
  return digest.switchFrom.some((mention) => mention.channelKind === kind);
}

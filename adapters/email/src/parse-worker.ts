import { move, transferableSymbol, valueSymbol } from 'piscina';
import { NotAMailError, parseMail, type MailSettings, type ParsedMail } from './parse-mail.js';

export interface ParseTask {
  raw: Uint8Array;
  settings: MailSettings;
}

export type ParseAnswer = { mail: ParsedMail } | { failure: 'not_a_mail' | 'parse_failed'; reason: string };

/** One mail in a thread of its own. Failures come back as values: errors lose their class on the way. */
export default async function parse({ raw, settings }: ParseTask): Promise<ParseAnswer> {
  try {
    const mail = await parseMail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), settings);
    const answer: ParseAnswer = { mail };
    // Each file gets memory of its own, so that it is handed over instead of copied once more.
    const buffers = mail.files.map((file) => {
      file.bytes = Buffer.from(new Uint8Array(file.bytes).buffer);
      return file.bytes.buffer as ArrayBuffer;
    });
    if (buffers.length === 0) return answer;
    // Piscina sends the value and moves what the list names.
    return move({ [transferableSymbol]: buffers, [valueSymbol]: answer }) as never;
  } catch (error) {
    const failure = error instanceof NotAMailError ? 'not_a_mail' : 'parse_failed';
    return { failure, reason: (error instanceof Error ? error.message : String(error)).slice(0, 500) };
  }
}

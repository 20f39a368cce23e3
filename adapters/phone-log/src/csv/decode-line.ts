import iconv from 'iconv-lite';

/**
 * Text of bytes that were read as Latin-1, one character each: UTF-8 where they are, else Windows-1252. Node's own
 * decoder takes that for Latin-1, which has no euro and no curly quotes.
 */
export function decodeLine(latin1: string): { text: string; guessed: boolean } {
  if (/^[\u0000-\u007f]*$/.test(latin1)) return { text: latin1, guessed: false };
  const bytes = Buffer.from(latin1, 'latin1');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), guessed: false };
  } catch {
    return { text: iconv.decode(bytes, 'windows-1252'), guessed: true };
  }
}

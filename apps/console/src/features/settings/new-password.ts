/** No letters or digits that look alike when read aloud or copied by hand. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 4;

/**
 * A password to hand over once: `k7mw-9xqd-…`, 79 random bits.
 * @param random fills an array with random bytes; only tests give another
 */
export function newPassword(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes),
): string {
  const letters: string[] = [];
  // bytes above the largest multiple would favour the first letters
  const limit = 256 - (256 % alphabet.length);
  while (letters.length < groups * groupLength) {
    for (const byte of random(new Uint8Array(32))) {
      if (byte < limit) letters.push(alphabet[byte % alphabet.length] ?? '');
    }
  }
  const text = letters.slice(0, groups * groupLength).join('');
  return text.match(new RegExp(`.{${groupLength}}`, 'g'))?.join('-') ?? text;
}

/** Shorter than this, a stem says too little to be trusted. */
const shortest = 3;
const particles = ['lah', 'kah', 'tah', 'pun'];
const possessives = ['nya', 'ku', 'mu'];
const suffixes = ['kan', 'an', 'i'];
/** prefix, and the letters that it may have swallowed */
const prefixes: readonly [string, readonly string[]][] = [
  ['memper', ['']],
  ['diper', ['']],
  ['meng', ['', 'k']],
  ['meny', ['s']],
  ['mem', ['', 'p']],
  ['men', ['', 't']],
  ['me', ['']],
  ['peng', ['', 'k']],
  ['peny', ['s']],
  ['pem', ['', 'p']],
  ['pen', ['', 't']],
  ['per', ['']],
  ['pe', ['']],
  ['ber', ['']],
  ['be', ['']],
  ['ter', ['']],
  ['ke', ['']],
  ['di', ['']],
  ['se', ['']],
  ['nge', ['']],
  ['ng', ['', 'k']],
  ['ny', ['s', 'c']],
  ['n', ['t']],
  ['m', ['p']],
];
/** Without a known root these are taken off all the same: they are never part of one. */
const surePrefixes = ['memper', 'diper', 'meng', 'mem', 'men', 'di', 'ber', 'ter'];

/**
 * Root of a word, Indonesian or English. Affixes are taken off freely when a known root is left, and with care when
 * none is: two forms of an unknown word should still meet, and two unknown words should stay apart.
 *
 * @param known roots that the caller has a meaning for
 */
export function stem(word: string, known: ReadonlySet<string>): string {
  if (known.has(word) || word.length <= shortest || !isPlain(word)) return word;
  for (const root of indonesianRoots(word)) if (root.length >= shortest && known.has(root)) return root;
  for (const root of englishRoots(word)) if (root.length >= shortest && known.has(root)) return root;
  return careful(word);
}

function isPlain(word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code < 97 || code > 122) return false;
  }
  return true;
}

function* indonesianRoots(word: string): Generator<string> {
  const bases = [word];
  for (const ending of particles) add(bases, word, ending);
  for (const base of [...bases]) for (const ending of possessives) add(bases, base, ending);
  for (const base of [...bases]) for (const ending of suffixes) add(bases, base, ending);
  for (const base of bases) {
    if (base !== word) yield base;
    for (const [prefix, swallowed] of prefixes) {
      if (!base.startsWith(prefix)) continue;
      const rest = base.slice(prefix.length);
      for (const letter of swallowed) yield letter + rest;
    }
  }
}

function add(bases: string[], word: string, ending: string): void {
  const least = ending === 'i' ? shortest + 1 : shortest;
  if (word.endsWith(ending) && word.length - ending.length >= least)
    bases.push(word.slice(0, -ending.length));
}

function* englishRoots(word: string): Generator<string> {
  if (word.endsWith('ies')) yield `${word.slice(0, -3)}y`;
  if (word.endsWith('es')) yield word.slice(0, -2);
  if (word.endsWith('s')) yield word.slice(0, -1);
  for (const ending of ['ing', 'ed', 'er', 'ly', 'ment', 'ion', 'ation']) {
    if (!word.endsWith(ending)) continue;
    const base = word.slice(0, -ending.length);
    yield base;
    yield `${base}e`;
    if (base.length > 2 && base.at(-1) === base.at(-2)) yield base.slice(0, -1);
    if (base.endsWith('i')) yield `${base.slice(0, -1)}y`;
  }
}

function careful(word: string): string {
  let base = word;
  if (base.length >= 6) base = without(base, ['nya'], 4);
  if (/(?:ing|ed|s)$/.test(base) && !/(?:ss|us|is)$/.test(base) && base.length >= 5) {
    if (base.endsWith('ies') || base.endsWith('ied')) return `${base.slice(0, -3)}y`;
    return without(base, ['ing', 'ed', 's'], 4);
  }
  if (base.length < 7) return base;
  const bare = without(base, ['kan'], 4);
  for (const prefix of surePrefixes) {
    if (bare.startsWith(prefix) && bare.length - prefix.length >= 4) return bare.slice(prefix.length);
  }
  return bare;
}

function without(word: string, endings: readonly string[], least: number): string {
  for (const ending of endings)
    if (word.endsWith(ending) && word.length - ending.length >= least) return word.slice(0, -ending.length);
  return word;
}

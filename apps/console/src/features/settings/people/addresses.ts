/** What was typed or pasted: addresses in a list of any kind, also as mail programs write them (`Ani <ani@…>`). */
export function addressesIn(text: string): { emails: string[]; wrong: string[] } {
  const words = text
    .split(/[\n,;]+/)
    .flatMap((part) => /<([^<>]+)>/.exec(part)?.[1] ?? part.split(/\s+/))
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
  const all = [...new Set(words)];
  const isAddress = (word: string) => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/.test(word);
  return { emails: all.filter(isAddress), wrong: all.filter((word) => !isAddress(word)) };
}

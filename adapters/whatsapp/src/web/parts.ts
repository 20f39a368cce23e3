/** A part of a message of ours: WhatsApp carries one file at a time. */
export interface Part {
  text: string | null;
  /** index among the message's files */
  file: number | null;
}

/** Words go below the one picture or document; with several files, or a voice note, they go before. */
export function planParts(text: string, files: readonly { mediaType: string }[]): Part[] {
  const words = text.trim() === '' ? null : text;
  const [first] = files;
  if (!first) return [{ text, file: null }];
  if (files.length === 1 && !first.mediaType.startsWith('audio/')) return [{ text: words, file: 0 }];
  const all: Part[] = files.map((_file, index) => ({ text: null, file: index }));
  return words === null ? all : [{ text: words, file: null }, ...all];
}

/** What a file is to a reader; the word for each stands at `ui.file.<kind>`. */
export const fileKinds = ['photo', 'sticker', 'voice', 'audio', 'video', 'document'] as const;
export type FileKind = (typeof fileKinds)[number];

const pictures = /^image\/(png|jpe?g|gif|webp|avif)$/i;
const sounds = /^(audio\/(ogg|opus|mpeg|mp3|mp4|x-m4a|m4a|aac|wav|x-wav|wave|webm|flac)|application\/ogg)$/i;
const films = /^video\/(mp4|webm|ogg|quicktime|3gpp)$/i;

/**
 * @param name of the file; adapters of chats name what has no name by its kind: `sticker.webp`, `voice.ogg`. Without one
 * (a quote tells the type only) Ogg is a voice note, which is how chats send them.
 */
export function fileKind(mediaType: string, name?: string): FileKind {
  const type = mediaType.split(';', 1)[0]?.trim() ?? '';
  if (pictures.test(type)) return name !== undefined && /^sticker\.\w+$/i.test(name) ? 'sticker' : 'photo';
  if (sounds.test(type)) {
    const spoken = name === undefined ? /ogg|opus/i.test(type) : /^voice\.\w+$/i.test(name);
    return spoken ? 'voice' : 'audio';
  }
  return films.test(type) ? 'video' : 'document';
}

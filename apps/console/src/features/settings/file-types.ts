/**
 * Files that the server can tell by their bytes (`libs/core/src/visitors/file-type.ts`), as people call them. What a
 * browser would run is not among them. Names of formats are the same in every language.
 */
export const fileTypeGroups: {
  group: 'pictures' | 'papers' | 'sounds';
  types: [type: string, name: string][];
}[] = [
  {
    group: 'pictures',
    types: [
      ['image/png', 'PNG'],
      ['image/jpeg', 'JPEG'],
      ['image/gif', 'GIF'],
      ['image/webp', 'WebP'],
      ['image/heic', 'HEIC'],
    ],
  },
  {
    group: 'papers',
    types: [
      ['application/pdf', 'PDF'],
      ['text/plain', 'TXT'],
      ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Word'],
      ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel'],
      ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'PowerPoint'],
      ['application/zip', 'ZIP'],
    ],
  },
  {
    group: 'sounds',
    types: [
      ['audio/mpeg', 'MP3'],
      ['audio/ogg', 'OGG'],
      ['audio/wav', 'WAV'],
      ['video/mp4', 'MP4'],
      ['video/webm', 'WebM'],
    ],
  },
];

export const knownFileTypes: ReadonlySet<string> = new Set(
  fileTypeGroups.flatMap(({ types }) => types.map(([type]) => type)),
);

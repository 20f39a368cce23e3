import { expect, it } from '@jest/globals';
import { planParts, type Part } from './parts.js';

const image = { mediaType: 'image/png' };
const voice = { mediaType: 'audio/ogg' };

it.each<[string, string, { mediaType: string }[], Part[]]>([
  ['words', 'halo', [], [{ text: 'halo', file: null }]],
  ['a picture with words', 'ini', [image], [{ text: 'ini', file: 0 }]],
  ['a picture alone', ' ', [image], [{ text: null, file: 0 }]],
  [
    'a voice note with words',
    'ini',
    [voice],
    [
      { text: 'ini', file: null },
      { text: null, file: 0 },
    ],
  ],
  [
    'two files with words',
    'ini',
    [image, voice],
    [
      { text: 'ini', file: null },
      { text: null, file: 0 },
      { text: null, file: 1 },
    ],
  ],
])('%s', (_name, text, files, parts) => {
  expect(planParts(text, files)).toEqual(parts);
});

import { describe, expect, it } from '@jest/globals';
import { fileKind, type FileKind } from './file-kind.js';

describe('fileKind', () => {
  it.each<[string, string | undefined, FileKind]>([
    ['image/jpeg', 'IMG_1.jpg', 'photo'],
    ['image/webp', 'foto.webp', 'photo'],
    ['image/webp', 'sticker.webp', 'sticker'],
    ['image/svg+xml', 'logo.svg', 'document'],
    ['image/heic', 'IMG_1.heic', 'document'],
    ['audio/ogg; codecs=opus', 'voice.ogg', 'voice'],
    ['audio/ogg', 'lagu.ogg', 'audio'],
    ['audio/ogg', undefined, 'voice'],
    ['audio/mpeg', undefined, 'audio'],
    ['audio/amr', 'voice.amr', 'document'],
    ['video/mp4', 'video.mp4', 'video'],
    ['video/x-matroska', 'film.mkv', 'document'],
    ['application/pdf', 'nota.pdf', 'document'],
    ['', '', 'document'],
  ])('%s named %s is a %s', (type, name, kind) => {
    expect(fileKind(type, name)).toBe(kind);
  });
});

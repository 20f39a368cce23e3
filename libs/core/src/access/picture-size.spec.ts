import { describe, expect, it } from '@jest/globals';
import { pngPicture } from '../../../../test/support/pictures.js';
import { pictureSize } from './picture-size.js';

const hex = (...parts: string[]): Buffer => Buffer.from(parts.join('').replaceAll(' ', ''), 'hex');
const text = (words: string): string => Buffer.from(words, 'latin1').toString('hex');

const app0 = `ffe0 0010 ${text('JFIF\0')} 0101 0000 0100 0100 00`;
const frame = (marker: string): string => `${marker} 0011 08 0030 0040 03 012200 021101 031101`;
const webp = (...chunk: string[]): Buffer => hex(text('RIFF'), '00000000', text('WEBP'), ...chunk);

describe('pictureSize', () => {
  it.each<[string, string, Buffer, [number, number] | null]>([
    ['PNG', 'image/png', pngPicture(40, 30), [40, 30]],
    ['PNG cut off', 'image/png', pngPicture(40).subarray(0, 20), null],
    ['PNG with another chunk first', 'image/png', hex('89504e470d0a1a0a 00000000', text('tEXt')), null],
    ['JPEG', 'image/jpeg', hex('ffd8', app0, frame('ffc0')), [64, 48]],
    ['progressive JPEG behind fill bytes', 'image/jpeg', hex('ffd8', app0, 'ffff', frame('ffc2')), [64, 48]],
    [
      'JPEG with tables before its frame',
      'image/jpeg',
      hex('ffd8', 'ffc4 0004 0000', frame('ffc1')),
      [64, 48],
    ],
    ['JPEG without a frame', 'image/jpeg', hex('ffd8', app0, 'ffda 0002'), null],
    ['JPEG cut off', 'image/jpeg', hex('ffd8', app0, 'ffc0 0011 08'), null],
    ['JPEG whose segments lead beyond its end', 'image/jpeg', hex('ffd8', 'ffe1 ffff 00'), null],
    ['JPEG that is something else after its head', 'image/jpeg', hex('ffd8ff', text('<html>')), null],
    ['JPEG without pixels', 'image/jpeg', hex('ffd8', 'ffc0 0011 08 0000 0000 03'), null],
    [
      'lossy WebP',
      'image/webp',
      webp(text('VP8 '), '00000000', '300102 9d012a 4000 3040 00000000'),
      [64, 48],
    ],
    [
      'lossy WebP without its mark',
      'image/webp',
      webp(text('VP8 '), '00000000', '300102 000000 4000 3000'),
      null,
    ],
    // 14 bits each: 63 and 47
    ['lossless WebP', 'image/webp', webp(text('VP8L'), '00000000', '2f 3fc00b00 0000000000'), [64, 48]],
    ['extended WebP', 'image/webp', webp(text('VP8X'), '0a000000', '00000000 3f0000 2f0000'), [64, 48]],
    ['WebP cut off', 'image/webp', webp(text('VP8X')), null],
    ['a type that is not read', 'image/gif', Buffer.from('GIF89a'), null],
  ])('%s', (_, type, bytes, size) => {
    expect(pictureSize(bytes, type)).toEqual(size && { width: size[0], height: size[1] });
  });
});

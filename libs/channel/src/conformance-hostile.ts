import type { Original } from './conformance-harness.js';

/** Bytes that no channel should ever send, and every channel gets sooner or later. The same on every run. */
export function hostileOriginals(originals: readonly Original[]): Original[] {
  const mediaType = originals[0]?.mediaType ?? 'application/octet-stream';
  const plain: [string, Buffer][] = [
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from('x')],
    ['zeros', Buffer.alloc(4096)],
    ['noise', noise(4096, 1)],
    ['a long line', Buffer.alloc(300_000, 'A')],
    ['line ends', Buffer.from('\r\n'.repeat(5000))],
    ['deep arrays', Buffer.from('['.repeat(20_000))],
    ['deep objects', Buffer.from('{"a":'.repeat(5000) + '1' + '}'.repeat(5000))],
    [
      'a prototype',
      Buffer.from('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    ],
    ['broken UTF-8', Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf4, 0x90, 0x80, 0x80])],
  ];
  const spoilt = originals.flatMap(({ name, raw }, index): [string, Buffer][] => [
    [`${name}, cut in half`, raw.subarray(0, raw.length >> 1)],
    [`${name}, without its start`, raw.subarray(raw.length >> 2)],
    [`${name}, with bytes flipped`, flip(raw, index + 1)],
  ]);
  return [...plain, ...spoilt].map(([name, raw]) => ({ name, raw, mediaType }));
}

function flip(raw: Buffer, seed: number): Buffer {
  const spoilt = Buffer.from(raw);
  const random = noise(64, seed);
  for (let at = 0; at + 4 <= random.length && spoilt.length > 0; at += 4) {
    const position = random.readUInt32LE(at) % spoilt.length;
    spoilt[position] = (spoilt[position] ?? 0) ^ (1 << (at % 8));
  }
  return spoilt;
}

/** xorshift32: noise that is the same everywhere. */
function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed * 2654435761;
  for (let at = 0; at < length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 0xff;
  }
  return bytes;
}

/** In pixels. */
export interface PictureSize {
  width: number;
  height: number;
}

/**
 * What the header of a picture says of its size; nothing is decoded.
 * @param type the one that its first bytes tell
 * @returns null when the header says none: cut off, broken, or of another type
 */
export function pictureSize(bytes: Buffer, type: string): PictureSize | null {
  const size = readers[type]?.(bytes) ?? null;
  return size && size.width > 0 && size.height > 0 ? size : null;
}

const readers: Partial<Record<string, (bytes: Buffer) => PictureSize | null>> = {
  'image/png': readPng,
  'image/jpeg': readJpeg,
  'image/webp': readWebp,
};

/** PNG §11.2.1: IHDR comes first. */
function readPng(bytes: Buffer): PictureSize | null {
  if (ascii(bytes, 12, 16) !== 'IHDR') return null;
  return { width: big(bytes, 16, 4), height: big(bytes, 20, 4) };
}

/** ITU T.81 B.2: segments up to the frame header, SOF0 to SOF15 without DHT, JPG and DAC. */
function readJpeg(bytes: Buffer): PictureSize | null {
  let at = 2;
  while (bytes[at] === 0xff) {
    const marker = big(bytes, at + 1, 1);
    // fill bytes, and markers that stand alone
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker === 0xd9 || marker === 0xda) return null;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: big(bytes, at + 5, 2), width: big(bytes, at + 7, 2) };
    else at += 2 + big(bytes, at + 2, 2);
  }
  return null;
}

/** WebP container (RFC 9649): lossy, lossless, or extended. */
function readWebp(bytes: Buffer): PictureSize | null {
  if (bytes.length < 30) return null;
  switch (ascii(bytes, 12, 16)) {
    case 'VP8 ':
      if (big(bytes, 23, 3) !== 0x9d012a) return null;
      return { width: little(bytes, 26, 2) & 0x3fff, height: little(bytes, 28, 2) & 0x3fff };
    case 'VP8L': {
      if (bytes[20] !== 0x2f) return null;
      const bits = little(bytes, 21, 4);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: little(bytes, 24, 3) + 1, height: little(bytes, 27, 3) + 1 };
    default:
      return null;
  }
}

function ascii(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, to);
}

/** What lies behind the end counts as nought, which no size is. */
function big(bytes: Buffer, at: number, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

function little(bytes: Buffer, at: number, length: number): number {
  return bytes.readUIntLE(at, length);
}

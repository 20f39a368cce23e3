import { pictureLimits } from '@loket/contracts/access.js';
import { squareOf, type Crop } from './crop.js';

/** Photos of today's cameras have less; what is far larger would only stop the browser. */
const mostBytes = 40_000_000;

/** Why a file cannot be taken. */
export class PictureFault extends Error {
  constructor(readonly reason: 'unreadable' | 'tooBig') {
    super(reason);
  }
}

/** @throws PictureFault when it is none that this browser can show */
export async function readPicture(file: Blob): Promise<ImageBitmap> {
  if (file.size > mostBytes) throw new PictureFault('tooBig');
  try {
    // upright, as its EXIF says
    return await createImageBitmap(file);
  } catch {
    throw new PictureFault('unreadable');
  }
}

export function drawPicture(canvas: HTMLCanvasElement, image: ImageBitmap, crop: Crop): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { left, top, side } = squareOf(image, crop);
  // behind what is transparent: the same in every theme, and on every site
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, left, top, side, side, 0, 0, canvas.width, canvas.height);
}

/** What is sent: small, square, and newly drawn, so that nothing of where and when the photo was taken goes along. */
export async function encodePicture(image: ImageBitmap, crop: Crop): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = pictureLimits.side;
  drawPicture(canvas, image, crop);
  const made = await toBlob(canvas, 'image/webp');
  // browsers that cannot write WebP give a PNG
  const blob = made?.type === 'image/webp' ? made : await toBlob(canvas, 'image/jpeg');
  if (!blob) throw new PictureFault('unreadable');
  return blob;
}

function toBlob(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, 0.9));
}

import { describe, expect, it } from '@jest/globals';
import { middleOf, mostZoom, pushed, squareOf, zoomed } from './crop.js';

const wide = { width: 400, height: 100 };
const tall = { width: 100, height: 300 };

describe('the square that is kept of a picture', () => {
  it('begins as the largest one in the middle', () => {
    expect(squareOf(wide, middleOf(wide))).toEqual({ left: 150, top: 0, side: 100 });
    expect(squareOf(tall, middleOf(tall))).toEqual({ left: 0, top: 100, side: 100 });
  });

  it('goes against the way in which the picture is pushed, by as many frames', () => {
    const crop = pushed(wide, middleOf(wide), 0.5, 0);
    expect(squareOf(wide, crop)).toEqual({ left: 100, top: 0, side: 100 });
    const near = pushed(wide, zoomed(wide, crop, 2), -1, -0.5);
    expect(squareOf(wide, near)).toEqual({ left: 175, top: 50, side: 50 });
  });

  it('stays inside, however far one pushes', () => {
    for (const [dx, dy, left, top] of [
      [9, 9, 0, 0],
      [-9, -9, 300, 0],
    ] as const)
      expect(squareOf(wide, pushed(wide, middleOf(wide), dx, dy))).toEqual({ left, top, side: 100 });
  });

  it('stays inside when one goes away at an edge', () => {
    const corner = pushed(tall, zoomed(tall, middleOf(tall), 4), -9, -9);
    expect(squareOf(tall, corner)).toEqual({ left: 75, top: 275, side: 25 });
    expect(squareOf(tall, zoomed(tall, corner, 1))).toEqual({ left: 0, top: 200, side: 100 });
  });

  it('is neither larger than the picture nor smaller than its pixels are worth', () => {
    expect(zoomed(tall, middleOf(tall), 0).zoom).toBe(1);
    expect(zoomed(tall, middleOf(tall), 99).zoom).toBe(mostZoom);
  });
});

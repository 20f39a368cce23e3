/** In pixels. */
export interface Area {
  width: number;
  height: number;
}

/** Which square of a picture is kept: its middle in the picture's pixels, and how far it is zoomed in. */
export interface Crop {
  x: number;
  y: number;
  /** 1: as much as fits */
  zoom: number;
}

export const mostZoom = 5;

/** The largest square in the middle. */
export function middleOf({ width, height }: Area): Crop {
  return { x: width / 2, y: height / 2, zoom: 1 };
}

/** The square in the picture's pixels; it never leaves the picture. */
export function squareOf(area: Area, crop: Crop): { left: number; top: number; side: number } {
  const side = Math.min(area.width, area.height) / crop.zoom;
  return { left: crop.x - side / 2, top: crop.y - side / 2, side };
}

/** Pushes the picture below its frame. @param dx to the right, in frames @param dy downwards, in frames */
export function pushed(area: Area, crop: Crop, dx: number, dy: number): Crop {
  const { side } = squareOf(area, crop);
  return inside(area, { ...crop, x: crop.x - dx * side, y: crop.y - dy * side });
}

/** Comes closer or goes away; what is in the middle stays there as far as the edges allow. */
export function zoomed(area: Area, crop: Crop, zoom: number): Crop {
  return inside(area, { ...crop, zoom: Math.min(mostZoom, Math.max(1, zoom)) });
}

function inside(area: Area, crop: Crop): Crop {
  const half = squareOf(area, crop).side / 2;
  const within = (at: number, length: number) => Math.min(length - half, Math.max(half, at));
  return { ...crop, x: within(crop.x, area.width), y: within(crop.y, area.height) };
}

import { encode } from 'uqr';

/** Light modules around the code; scanners need them (ISO/IEC 18004 §6.3.8). */
const quiet = 4;

/**
 * A QR code as one SVG path, drawn here so that what it says goes nowhere.
 * @returns the path, and the width of the code with its quiet zone, in modules
 */
export function qrPath(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: 'L', border: quiet });
  const runs = data.flatMap((row, y) =>
    row.flatMap((dark, x) => {
      if (!dark || row[x - 1] === true) return [];
      const end = row.indexOf(false, x);
      return [`M${x} ${y}h${(end < 0 ? size : end) - x}v1H${x}z`];
    }),
  );
  return { path: runs.join(''), size };
}

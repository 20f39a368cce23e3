import { crc32, deflateSync } from 'node:zlib';

// Faces of people who do not exist: flat drawings, put together from a few ellipses.

const side = 160;
const grounds = ['#cfe3e6', '#f0ddc4', '#d9e4cf', '#e4d5e6', '#f2d3cc', '#d3dbef'];
const skins = ['#c98f65', '#b97d55', '#d9a577', '#a76d49', '#e0b48c'];
const hairs = ['#2b211d', '#3a2b24', '#1f1b1c', '#4a352a'];
const shirts = ['#0b6374', '#7a4a86', '#a8500c', '#2f63bf', '#1a7045', '#8a3b44', '#4f5659'];
const scarves = ['#31686f', '#8a5a74', '#6a6f3c', '#7b3f52', '#4a5d8f'];
/** of the first of them all, then as shop.mjs names them: w a woman with her hair shown, s with a scarf, m a man */
const looks = 'wmwmsmwmsmsmwmwmmwmw';

/** @returns bytes of a PNG, 160 pixels square; the same for the same number */
export function face(n) {
  const of = (colours, step) => rgb(colours[(n * step + (n >> 2)) % colours.length]);
  const [ground, skin, hair, shirt, scarf] = [
    of(grounds, 1),
    of(skins, 3),
    of(hairs, 1),
    of(shirts, 3),
    of(scarves, 2),
  ];
  const layers = [
    ...{ m: [], w: [[hair, oval(80, 84, 45, 50)]], s: [[scarf, oval(80, 80, 50, 54)], [scarf, oval(80, 142, 52, 46)]] }[looks[n] ?? 'm'], // prettier-ignore
    [shirt, oval(80, 178, 66, 60)],
    [skin, oval(80, 122, 15, 20)],
    ...(looks[n] === 's' ? [[scarf, oval(80, 130, 34, 26)]] : []),
    ...(looks[n] === 'm' ? [[hair, oval(80, 66, 38, 36)]] : []),
    [skin, oval(80, 84, 33, 39)],
    ...(looks[n] === 's' ? [[scarf, (x, y) => oval(80, 84, 36, 44)(x, y) && y < 62]] : []),
    ...(looks[n] === 'w' ? [[hair, (x, y) => oval(80, 76, 37, 36)(x, y) && y < 62 + (x - 80) / 9]] : []),
    ...(looks[n] === 'm' ? [[hair, (x, y) => oval(80, 76, 35, 36)(x, y) && y < 58]] : []),
  ];
  return png((x, y) => layers.reduce((under, [colour, covers]) => (covers(x, y) ? colour : under), ground));
}

const oval = (cx, cy, rx, ry) => (x, y) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;
const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** PNG, second edition: eight bits of red, green and blue; each pixel is the mean of four points. */
function png(colourAt) {
  const rows = Buffer.alloc(side * (1 + side * 3));
  for (let y = 0, at = 0; y < side; y++) {
    at++; // no filter
    for (let x = 0; x < side; x++) {
      const points = [0.25, 0.75].flatMap((dx) => [0.25, 0.75].map((dy) => colourAt(x + dx, y + dy)));
      for (let c = 0; c < 3; c++) rows[at++] = points.reduce((sum, point) => sum + point[c], 0) / 4;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

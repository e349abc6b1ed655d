/** A house around its courtyard, seen from above. */
const WALL = [0x01, 0x71, 0x8d] as const;
const COURT = [0xff, 0xff, 0xff] as const;
const COURT_FROM = 0.3;
const DOOR_HALF = 0.09;

/** The icon as SVG. */
export const ICON_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
<rect width="100" height="100" rx="18" fill="#01718d"/>
<path d="M30 30h40v40H59v30H41V70H30z" fill="#fff"/>
</svg>
`;

const ICO_SIZE = 32;
const HEADER_BYTES = 40;

/** The same for browsers that request /favicon.ico: one image of 32 × 32 pixels with 32 bits each. */
export function iconFile(): Buffer {
  const pixels = Buffer.alloc(ICO_SIZE * ICO_SIZE * 4);
  for (let at = 0; at < ICO_SIZE * ICO_SIZE; at += 1) {
    const x = ((at % ICO_SIZE) + 0.5) / ICO_SIZE;
    // Bitmaps start with the bottom row.
    const y = 1 - (Math.floor(at / ICO_SIZE) + 0.5) / ICO_SIZE;
    const [red, green, blue] = isCourt(x, y) ? COURT : WALL;
    pixels.set([blue, green, red, 0xff], at * 4);
  }
  // One bit per pixel, none set: all pixels are opaque.
  const mask = Buffer.alloc((ICO_SIZE * ICO_SIZE) / 8);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(HEADER_BYTES, 0);
  header.writeInt32LE(ICO_SIZE, 4);
  header.writeInt32LE(ICO_SIZE * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const image = Buffer.concat([header, pixels, mask]);
  const directory = Buffer.alloc(22);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(1, 4);
  directory.set([ICO_SIZE, ICO_SIZE], 6);
  directory.writeUInt16LE(1, 10);
  directory.writeUInt16LE(32, 12);
  directory.writeUInt32LE(image.length, 14);
  directory.writeUInt32LE(directory.length, 18);
  return Buffer.concat([directory, image]);
}

function isCourt(x: number, y: number): boolean {
  const inner = (value: number) => value > COURT_FROM && value < 1 - COURT_FROM;
  return (inner(x) && inner(y)) || (Math.abs(x - 0.5) < DOOR_HALF && y > 0.5);
}

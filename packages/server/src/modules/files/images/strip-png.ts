/** Chunks that change how the picture looks; all others are metadata. */
const KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'acTL', 'fcTL', 'fdAT']);
const SIGNATURE = 8;
/** Length, type and checksum of a chunk. */
const FRAME = 12;

interface Chunk {
  type: string;
  bytes: Buffer;
}

/** The chunks up to the last one, without what follows it. Throws RangeError if the file is cut off. */
function* chunksOf(png: Buffer): Generator<Chunk> {
  for (let at = SIGNATURE; ; ) {
    const end = at + FRAME + png.readUInt32BE(at);
    if (end > png.length) throw new RangeError('cut off');
    const type = png.toString('latin1', at + 4, at + 8);
    yield { type, bytes: png.subarray(at, end) };
    if (type === 'IEND') return;
    at = end;
  }
}

/** A PNG without metadata and without what was appended to it. Throws RangeError if it is cut off. */
export function stripPng(png: Buffer): Buffer {
  const kept = [...chunksOf(png)].filter(({ type }) => KEPT.has(type)).map(({ bytes }) => bytes);
  return Buffer.concat([png.subarray(0, SIGNATURE), ...kept]);
}

/** The number of frames of an animated PNG; 1 for any other. Throws RangeError if it is cut off. */
export function framesOfPng(png: Buffer): number {
  for (const { type, bytes } of chunksOf(png)) {
    if (type === 'IDAT') return 1;
    if (type === 'acTL') return bytes.readUInt32BE(8);
  }
  return 1;
}

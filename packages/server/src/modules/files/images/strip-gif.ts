const TRAILER = 0x3b;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
/** Says how often an animation is repeated. */
const LOOPS = /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/;

/** Size of a colour table by the flags of its owner. */
const tableSize = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1));

/** The end of a run of sub-blocks. */
function endOfBlocks(gif: Buffer, start: number): number {
  let at = start;
  for (let size = gif.readUInt8(at); size !== 0; size = gif.readUInt8(at)) at += size + 1;
  return at + 1;
}

function isKept(gif: Buffer, at: number): boolean {
  const label = gif[at + 1];
  if (label === GRAPHIC_CONTROL) return true;
  return label === APPLICATION && LOOPS.test(gif.toString('latin1', at + 3, at + 14));
}

/** A GIF without metadata and without what was appended to it. Throws RangeError if it is cut off. */
export function stripGif(gif: Buffer): Buffer {
  const start = 13 + tableSize(gif.readUInt8(10));
  const kept = [gif.subarray(0, start)];
  for (let at = start; ; ) {
    const kind = gif.readUInt8(at);
    if (kind === TRAILER) return Buffer.concat([...kept, gif.subarray(at, at + 1)]);
    if (kind !== EXTENSION && kind !== IMAGE) throw new RangeError('no block');
    const data = kind === EXTENSION ? at + 2 : at + 11 + tableSize(gif.readUInt8(at + 9));
    const end = endOfBlocks(gif, data);
    if (kind === IMAGE || isKept(gif, at)) kept.push(gif.subarray(at, end));
    at = end;
  }
}

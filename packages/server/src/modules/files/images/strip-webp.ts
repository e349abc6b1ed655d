const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF']);
/** Flags of VP8X that announce a colour profile, EXIF and XMP. */
const METADATA_FLAGS = 0x20 | 0x08 | 0x04;
const HEADER = 12;

/** A WebP without metadata and without what was appended to it. Throws RangeError if it is cut off. */
export function stripWebp(webp: Buffer): Buffer {
  const length = 8 + webp.readUInt32LE(4);
  if (length > webp.length) throw new RangeError('cut off');
  const kept: Buffer[] = [];
  for (let at = HEADER; at < length; ) {
    const type = webp.toString('latin1', at, at + 4);
    const size = webp.readUInt32LE(at + 4);
    const end = at + 8 + size + (size & 1);
    if (end > length) throw new RangeError('cut off');
    if (KEPT.has(type)) kept.push(type === 'VP8X' ? withoutFlags(webp.subarray(at, end)) : webp.subarray(at, end));
    at = end;
  }
  const body = Buffer.concat(kept);
  const header = Buffer.from(webp.subarray(0, HEADER));
  header.writeUInt32LE(4 + body.length, 4);
  return Buffer.concat([header, body]);
}

function withoutFlags(chunk: Buffer): Buffer {
  const changed = Buffer.from(chunk);
  changed[8] = changed.readUInt8(8) & ~METADATA_FLAGS;
  return changed;
}

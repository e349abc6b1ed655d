const SOS = 0xda;
const EOI = 0xd9;
/** APP0 (JFIF) and APP14 (Adobe) say how colours are stored. */
const KEPT_APPS = new Set([0xe0, 0xee]);
const COMMENT = 0xfe;

const isApp = (marker: number) => marker >= 0xe0 && marker <= 0xef;
const isDropped = (marker: number) => marker === COMMENT || (isApp(marker) && !KEPT_APPS.has(marker));

/** The end of the compressed data that begins at `at`: the next marker that is not part of it. */
function endOfScan(jpeg: Buffer, at: number): number {
  for (let next = jpeg.indexOf(0xff, at); next !== -1; next = jpeg.indexOf(0xff, next + 1)) {
    const marker = jpeg[next + 1] ?? 0;
    const isInside = marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7);
    if (!isInside) return next;
  }
  throw new RangeError('cut off');
}

/** A JPEG without metadata and without what was appended to it. Throws RangeError if it is cut off. */
export function stripJpeg(jpeg: Buffer): Buffer {
  const kept = [jpeg.subarray(0, 2)];
  for (let at = 2; ; ) {
    // Markers may be padded.
    while (jpeg[at] === 0xff && jpeg[at + 1] === 0xff) at += 1;
    const marker = jpeg.readUInt8(at + 1);
    if (jpeg[at] !== 0xff) throw new RangeError('no marker');
    if (marker === EOI) return Buffer.concat([...kept, jpeg.subarray(at, at + 2)]);
    const header = at + 2 + jpeg.readUInt16BE(at + 2);
    const end = marker === SOS ? endOfScan(jpeg, header) : header;
    if (!isDropped(marker)) kept.push(jpeg.subarray(at, end));
    at = end;
  }
}

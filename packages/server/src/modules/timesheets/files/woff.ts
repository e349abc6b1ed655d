import { promisify } from 'node:util';
import { inflate } from 'node:zlib';

const HEAD = { woff: 44, sfnt: 12 } as const;
const ENTRY = { woff: 20, sfnt: 16 } as const;
const inflated = promisify(inflate);

/**
 * Unpacks a font in WOFF 1.0 to TrueType. The font library would otherwise unpack a table at every read, which takes a
 * minute for a large font.
 */
export async function fromWoff(woff: Buffer): Promise<Buffer> {
  const tables = woff.readUInt16BE(12);
  const head = Buffer.alloc(HEAD.sfnt + ENTRY.sfnt * tables);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(tables, 4);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (let table = 0; table < tables; table += 1) {
    const from = HEAD.woff + ENTRY.woff * table;
    const to = HEAD.sfnt + ENTRY.sfnt * table;
    const [start, packed, length] = [
      woff.readUInt32BE(from + 4),
      woff.readUInt32BE(from + 8),
      woff.readUInt32BE(from + 12),
    ];
    const raw = woff.subarray(start, start + packed);
    woff.copy(head, to, from, from + 4);
    woff.copy(head, to + 4, from + 16, from + 20);
    head.writeUInt32BE(offset, to + 8);
    head.writeUInt32BE(length, to + 12);
    parts.push(packed < length ? await inflated(raw) : raw, Buffer.alloc(-length & 3));
    offset += length + (-length & 3);
  }
  return Buffer.concat(parts);
}

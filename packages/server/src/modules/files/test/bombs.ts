import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { WORD, zip } from './zip.ts';

/** A PNG of a few bytes, the header of which announces a square of this side. */
export function pngBomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', Buffer.alloc(100)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A JPEG of a few bytes, the header of which announces a square of this side. */
export async function jpegBomb(side: number): Promise<Buffer> {
  const small = sharp({ create: { width: 8, height: 8, channels: 3, background: '#3a7' } });
  const bytes = await small.jpeg().toBuffer();
  // Start of frame: marker, length, precision, height, width.
  const frame = bytes.indexOf(Buffer.from('ffc0', 'hex'));
  bytes.writeUInt16BE(side, frame + 5);
  bytes.writeUInt16BE(side, frame + 7);
  return bytes;
}

/** An animation of a few kilobytes: each frame changes one pixel, and unpacks to a whole square of this side. */
export function gifBomb(side: number, frames: number): Buffer {
  const screen = Buffer.alloc(13);
  screen.write('GIF89a');
  screen.writeUInt16LE(side, 6);
  screen.writeUInt16LE(side, 8);
  screen[10] = 0x80;
  const palette = Buffer.from('000000ffffff', 'hex');
  const control = Buffer.from('21f9040404000000', 'hex');
  const onePixel = Buffer.from('2c0000000001000100000202440100', 'hex');
  const all = Array.from({ length: frames }, () => Buffer.concat([control, onePixel]));
  return Buffer.concat([screen, palette, ...all, Buffer.from('3b', 'hex')]);
}

/** A document of which each entry announces a gigabyte. */
export async function zipBomb(): Promise<Buffer> {
  const archive = await zip({ ...WORD, 'word/media/image1.png': Buffer.alloc(1_000_000) });
  for (let at = archive.indexOf('PK\u0001\u0002'); at !== -1; at = archive.indexOf('PK\u0001\u0002', at + 4)) {
    archive.writeUInt32LE(1_000_000_000, at + 24);
  }
  return archive;
}

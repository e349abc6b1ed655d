import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { childrenOf } from '../../../../test/resident-memory.ts';
import { convertImage } from './convert.ts';
import { BadImage, type ConvertedImage, ConverterBusy, type ImageType } from './image.ts';
import { ImagePool } from './pool.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'atrium-images-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function convert(
  picture: Buffer,
  type: ImageType,
): Promise<ConvertedImage & { content: Buffer; thumbnail: Buffer }> {
  const place = (name: string) => path.join(directory, name);
  await writeFile(place('source'), picture);
  const task = { source: place('source'), type, target: place('target'), thumbnail: place('thumbnail') };
  const image = await convertImage(task);
  return { ...image, content: await readFile(task.target), thumbnail: await readFile(task.thumbnail) };
}

/** Four colours, one in each corner, so that every turn and mirror image looks different. */
const CORNERS = { topLeft: '#e02020', topRight: '#20c020', bottomLeft: '#2020e0', bottomRight: '#e0e020' };
async function corners(width: number, height: number) {
  const [w, h] = [width / 2, height / 2];
  const patch = (background: string) => ({ create: { width: w, height: h, channels: 3 as const, background } });
  const flat = sharp({ create: { width, height, channels: 3, background: '#000' } }).composite([
    { input: patch(CORNERS.topLeft), left: 0, top: 0 },
    { input: patch(CORNERS.topRight), left: w, top: 0 },
    { input: patch(CORNERS.bottomLeft), left: 0, top: h },
    { input: patch(CORNERS.bottomRight), left: w, top: h },
  ]);
  return flat.png().toBuffer();
}

/** The colours in the middle of each quarter. */
async function quarters(picture: Buffer): Promise<number[][]> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const offset = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * info.channels;
    return [...data.subarray(offset, offset + 3)];
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}

function expectSimilar(one: number[][], other: number[][]): void {
  one.flat().forEach((value, at) => {
    expect(Math.abs(value - (other.flat()[at] ?? 0))).toBeLessThan(16);
  });
}

describe('a JPEG of every orientation', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('comes out upright: %i', async (orientation) => {
    const upright = await corners(320, 240);
    // How a camera stores it: turned, with a note that says how to turn it back.
    const turns: Record<number, (image: Sharp) => Sharp> = {
      1: (image) => image,
      2: (image) => image.flop(),
      3: (image) => image.rotate(180),
      4: (image) => image.flip(),
      5: (image) => image.rotate(270).flop(),
      6: (image) => image.rotate(270),
      7: (image) => image.rotate(90).flop(),
      8: (image) => image.rotate(90),
    };
    const stored = await (turns[orientation] ?? turns[1]!)(sharp(upright)).png().toBuffer();
    const photo = await sharp(stored).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
    const converted = await convert(photo, 'image/jpeg');
    expect([converted.width, converted.height]).toEqual([320, 240]);
    expectSimilar(await quarters(converted.content), await quarters(upright));
    expectSimilar(await quarters(converted.thumbnail), await quarters(upright));
    expect((await sharp(converted.content).metadata()).orientation).toBeUndefined();
  });

  it('of 4032 by 3024 that lies on its side is 810 by 1080', async () => {
    const photo = await sharp({ create: { width: 4032, height: 3024, channels: 3, background: '#777' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { width, height, type } = await convert(photo, 'image/jpeg');
    expect({ width, height, type }).toEqual({ width: 810, height: 1080, type: 'image/webp' });
  });
});

describe('metadata', () => {
  const PLACE = { IFD0: { Copyright: 'secret' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 12/1 0/1' } };
  const noise = (side: number) =>
    sharp(Buffer.from(Array.from({ length: side * side * 3 }, (_, at) => (at * 7919 + (at >> 3) * 31) % 251)), {
      raw: { width: side, height: side, channels: 3 },
    });

  it.each([
    ['image/jpeg', (image: Sharp) => image.jpeg({ quality: 100 })],
    ['image/jpeg', (image: Sharp) => image.jpeg({ quality: 5 })],
    ['image/png', (image: Sharp) => image.png()],
    ['image/webp', (image: Sharp) => image.webp({ quality: 1 })],
    ['image/avif', (image: Sharp) => image.avif()],
  ] as const)('is gone: %s', async (type, encode) => {
    const picture = await encode(noise(64).withExif(PLACE)).toBuffer();
    expect((await sharp(picture).metadata()).exif).toBeDefined();
    const { content } = await convert(picture, type);
    const { exif, xmp, iptc, icc } = await sharp(content).metadata();
    expect({ exif, xmp, iptc, icc }).toEqual({ exif: undefined, xmp: undefined, iptc: undefined, icc: undefined });
    expect(content.includes('secret')).toBe(false);
  });

  it('with a colour profile leaves colours that look the same', async () => {
    const flat = sharp({ create: { width: 32, height: 32, channels: 3, background: { r: 200, g: 60, b: 60 } } });
    const wide = await flat.withIccProfile('p3').jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
    const { content } = await convert(wide, 'image/jpeg');
    expect((await sharp(content).metadata()).icc).toBeUndefined();
    expectSimilar(await quarters(content), [
      [200, 60, 60],
      [200, 60, 60],
      [200, 60, 60],
      [200, 60, 60],
    ]);
  });
});

describe('a size', () => {
  it('is never enlarged', async () => {
    const { width, height } = await convert(await corners(16, 10), 'image/png');
    expect([width, height]).toEqual([16, 10]);
  });

  it('of one pixel survives', async () => {
    const pixel = sharp({ create: { width: 1, height: 1, channels: 4, background: '#f00' } });
    for (const type of ['png', 'gif', 'webp'] as const) {
      const { width, height, placeholder } = await convert(
        await pixel.clone().toFormat(type).toBuffer(),
        `image/${type}`,
      );
      expect([width, height]).toEqual([1, 1]);
      expect(placeholder).toMatch(/^[\w+/]+=*$/);
    }
  });

  it('that would grow stays, without metadata', async () => {
    const source = await sharp(await corners(64, 64))
      .jpeg({ quality: 1 })
      .withExif({ IFD0: { Copyright: 'x' } })
      .toBuffer();
    const { content, type } = await convert(source, 'image/jpeg');
    expect(content.length).toBeLessThan(source.length);
    expect(type === 'image/jpeg' || content.length < source.length).toBe(true);
  });
});

describe('a PNG', () => {
  it('keeps every pixel and its transparency', async () => {
    const pixels = Buffer.from(Array.from({ length: 50 * 40 * 4 }, (_, at) => (at * 31) % 256));
    const source = await sharp(pixels, { raw: { width: 50, height: 40, channels: 4 } })
      .png({ compressionLevel: 0 })
      .toBuffer();
    const { content, type } = await convert(source, 'image/png');
    expect(type).toBe('image/png');
    expect(content.length).toBeLessThan(source.length);
    expect((await sharp(content).raw().toBuffer()).equals(pixels)).toBe(true);
  });
});

/** Frames of one colour each. */
async function frames(count: number, side: number): Promise<Buffer> {
  const one = (at: number) => ({
    create: {
      width: side,
      height: side,
      channels: 4 as const,
      background: { r: at * 20, g: 255 - at * 20, b: 90, alpha: 1 },
    },
  });
  const tall = sharp({ create: { width: side, height: side * count, channels: 4, background: '#000' } }).composite(
    Array.from({ length: count }, (_, at) => ({ input: one(at), left: 0, top: at * side })),
  );
  return tall.png().toBuffer();
}
const DELAYS = Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? 40 : 200));

describe('an animation', () => {
  it.each(['gif', 'webp'] as const)('keeps frames, delays and loops: %s', async (format) => {
    const raw = { pageHeight: 60 };
    const tall = await sharp(await frames(12, 60))
      .raw()
      .toBuffer();
    const animated = sharp(tall, { raw: { width: 60, height: 720, channels: 4, ...raw } });
    const options = { delay: DELAYS, loop: 3 };
    const source = await (format === 'gif' ? animated.gif(options) : animated.webp(options)).toBuffer();
    const before = await sharp(source, { animated: true }).metadata();
    const { content, width, height, thumbnail } = await convert(source, `image/${format}`);
    const after = await sharp(content, { animated: true }).metadata();
    expect([after.pages, after.delay, after.loop]).toEqual([before.pages, before.delay, before.loop]);
    expect([after.pages, after.delay, after.loop]).toEqual([12, DELAYS, 3]);
    expect([width, height]).toEqual([60, 60]);
    expect((await sharp(thumbnail).metadata()).pages ?? 1).toBe(1);
  });

  it('that is larger is fitted in, frame by frame', async () => {
    const tall = await sharp(await frames(2, 1_200))
      .raw()
      .toBuffer();
    const source = await sharp(tall, { raw: { width: 1_200, height: 2_400, channels: 4, pageHeight: 1_200 } })
      .gif({ delay: [40, 80] })
      .toBuffer();
    const { content, width, height } = await convert(source, 'image/gif');
    const { pages, pageHeight, delay } = await sharp(content, { animated: true }).metadata();
    expect({ width, height, pages, pageHeight, delay }).toEqual({
      width: 1_080,
      height: 1_080,
      pages: 2,
      pageHeight: 1_080,
      delay: [40, 80],
    });
  });

  it('in PNG stays as it is, without metadata', async () => {
    const source = await animatedPng();
    const { content, type } = await convert(source, 'image/png');
    expect(type).toBe('image/png');
    expect(content.includes('acTL')).toBe(true);
    expect(content.includes('fdAT')).toBe(true);
    expect(content.includes('secret')).toBe(false);
  });

  it('of too many pixels in all its frames is refused', async () => {
    const frame = await sharp({ create: { width: 800, height: 800 * 160, channels: 3, background: '#123' } })
      .raw()
      .toBuffer();
    const source = await sharp(frame, {
      raw: { width: 800, height: 800 * 160, channels: 3, pageHeight: 800 },
      limitInputPixels: false,
    })
      .gif({ keepDuplicateFrames: true, effort: 1 })
      .toBuffer();
    await expect(convert(source, 'image/gif')).rejects.toThrow(BadImage);
  });
});

/** A still PNG, made into an animation of two equal frames, with a note. */
async function animatedPng(): Promise<Buffer> {
  const { crc32 } = await import('node:zlib');
  const still = await sharp(await corners(20, 20))
    .png()
    .toBuffer();
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const numbers = (...values: number[]) => {
    const bytes = Buffer.alloc(values.length * 4);
    for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, at * 4);
    return bytes;
  };
  const control = (sequence: number) =>
    chunk('fcTL', Buffer.concat([numbers(sequence, 20, 20, 0, 0), Buffer.from([0, 1, 0, 10, 0, 0])]));
  const start = still.indexOf('IDAT') - 4;
  const end = still.indexOf('IEND') - 4;
  const data = still.subarray(start + 8, start + 8 + still.readUInt32BE(start));
  return Buffer.concat([
    still.subarray(0, start),
    chunk('acTL', numbers(2, 0)),
    chunk('tEXt', Buffer.from('Comment\0secret')),
    control(0),
    still.subarray(start, end),
    control(1),
    chunk('fdAT', Buffer.concat([numbers(2), data])),
    still.subarray(end),
  ]);
}

/** The niceness of each thread of a process, as Linux has it in the 19th field of `stat`. */
async function niceOfThreads(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const stats = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8')));
  return stats.map((stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]));
}

describe('the pool', () => {
  const task = (name: string, type: ImageType = 'image/png') => ({
    source: path.join(directory, name),
    type,
    target: path.join(directory, `${name}.target`),
    thumbnail: path.join(directory, `${name}.thumbnail`),
  });

  it('converts more than it has workers, and refuses what is damaged', async () => {
    const pool = new ImagePool({ size: 2 });
    await writeFile(path.join(directory, 'good'), await corners(40, 40));
    await writeFile(path.join(directory, 'bad'), 'no picture');
    const all = await Promise.allSettled([1, 2, 3, 4, 5].map((at) => pool.convert(task(at === 3 ? 'bad' : 'good'))));
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(all[2]).toMatchObject({ reason: expect.any(BadImage) });
    pool.stop();
  });

  it('works behind everything else, in each of its threads', async () => {
    const pool = new ImagePool({ size: 1 });
    await writeFile(path.join(directory, 'polite'), await corners(40, 40));
    const others = new Set(childrenOf(process.pid));
    await pool.convert(task('polite'));
    const [worker] = childrenOf(process.pid).filter((pid) => !others.has(pid));
    const threads = await niceOfThreads(worker ?? 0);
    // Node has threads of its own, of which some convert.
    expect(threads.length).toBeGreaterThan(4);
    expect(new Set(threads)).toEqual(new Set([10]));
    pool.stop();
  });

  it('does not blame a picture for a process that is slow to start', async () => {
    const mostCpuMs = 2_000;
    const work = `for (const end = performance.now() + ${mostCpuMs + 200}; performance.now() < end; );`;
    const before = process.env.NODE_OPTIONS;
    process.env.NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(work)}`;
    const pool = new ImagePool({ size: 1, mostCpuMs });
    await writeFile(path.join(directory, 'tiny'), await corners(4, 4));
    const converted = pool.convert(task('tiny'));
    process.env.NODE_OPTIONS = before ?? '';
    expect(await converted).toMatchObject({ width: 4, height: 4 });
    pool.stop();
  });

  it('does not load into its processes what is loaded into the server', async () => {
    const before = process.execArgv;
    process.execArgv = [...before, '--import', 'data:text/javascript,process.channel?.unref()'];
    const pool = new ImagePool({ size: 1 });
    await writeFile(path.join(directory, 'tiny'), await corners(4, 4));
    const converted = [await pool.convert(task('tiny')), await pool.convert(task('tiny'))];
    process.execArgv = before;
    expect(converted).toMatchObject([{ width: 4 }, { width: 4 }]);
    pool.stop();
  });

  it('refuses no picture because no process starts', async () => {
    const before = process.env.NODE_OPTIONS;
    process.env.NODE_OPTIONS = '--import data:text/javascript,process.exit(1)';
    const pool = new ImagePool({ size: 1 });
    const failing = pool.convert(task('tiny')).catch((error: unknown) => error);
    process.env.NODE_OPTIONS = before ?? '';
    const error = await failing;
    expect(error).toMatchObject({ message: 'A worker did not start.' });
    expect(error).toBeInstanceOf(ConverterBusy);
    pool.stop();
  });

  it('blames no picture for a machine that is too busy, and goes on once it is not', async () => {
    const pool = new ImagePool({ size: 1, patienceMs: 1_000 });
    await writeFile(path.join(directory, 'patient'), await corners(40, 40));
    const others = new Set(childrenOf(process.pid));
    await pool.convert(task('patient'));
    const [worker] = childrenOf(process.pid).filter((pid) => !others.has(pid));
    process.kill(worker ?? 0, 'SIGSTOP');
    const [running, waiting] = await Promise.allSettled([pool.convert(task('patient')), pool.convert(task('patient'))]);
    for (const outcome of [running, waiting]) expect(outcome).toMatchObject({ reason: expect.any(ConverterBusy) });
    // A new process takes over; on a busy machine it needs more than this pool's second.
    await vi.waitFor(() => pool.convert(task('patient')), 30_000);
    pool.stop();
  });

  it('has a bound on the pictures that wait, and takes none once it is stopped', async () => {
    const pool = new ImagePool({ size: 1, mostWaiting: 1 });
    await writeFile(path.join(directory, 'waiting'), await corners(40, 40));
    const first = pool.convert(task('waiting'));
    await expect(pool.convert(task('waiting'))).rejects.toBeInstanceOf(ConverterBusy);
    await first;
    pool.stop();
    await expect(pool.convert(task('waiting'))).rejects.toBeInstanceOf(ConverterBusy);
  });

  it('gives up on a picture that takes too long, and goes on with the next', async () => {
    const pool = new ImagePool({ size: 1, mostCpuMs: 1 });
    await writeFile(path.join(directory, 'slow'), await corners(1_000, 1_000));
    await expect(pool.convert(task('slow'))).rejects.toThrow('takes too long');
    await expect(pool.convert(task('slow'))).rejects.toThrow('takes too long');
    pool.stop();
  });
});

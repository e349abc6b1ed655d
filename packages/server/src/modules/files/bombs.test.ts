import { readdir } from 'node:fs/promises';
import process from 'node:process';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allowedMs } from '../../../test/faults/harness/run-length.ts';
import { residentBytesOfTree } from '../../../test/resident-memory.ts';
import { gifBomb, jpegBomb, pngBomb, zipBomb } from './test/bombs.ts';
import { type FilesWorld, filesWorld } from './test/world.ts';

const AT_ONCE = 4;
const MOST_GROWTH = 300_000_000;

let world: FilesWorld;
beforeAll(async () => {
  world = await filesWorld();
  // The process that converts has started before anything is measured.
  const content = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#3a7' } })
    .png()
    .toBuffer();
  expect((await world.send([{ name: 'small.png', type: 'image/png', content }])).status).toBe(201);
});
afterAll(() => world.close());

/** By how much the memory of this process and all of its children grew at most. */
async function growthDuring(work: () => Promise<void>): Promise<number> {
  const before = residentBytesOfTree(process.pid);
  let most = before;
  const look = () => {
    most = Math.max(most, residentBytesOfTree(process.pid));
  };
  const timer = setInterval(look, 10);
  await work().finally(() => clearInterval(timer));
  look();
  return most - before;
}

it.each([
  ['a JPEG of 256 megapixels', 'x.jpg', 'image/jpeg', () => jpegBomb(16_000), 'at most 40 megapixels'],
  ['a PNG of 17,000 by 17,000', 'x.png', 'image/png', () => pngBomb(17_000), 'at most 40 megapixels'],
  ['a GIF of 500 frames', 'x.gif', 'image/gif', () => gifBomb(500, 500), 'at most 100 megapixels'],
  ['a document that unpacks to gigabytes', 'x.docx', 'application/zip', zipBomb, 'not what the name says'],
])('S40 %s is refused, four at once, in little time and memory', async (_what, name, type, make, why) => {
  const content = await make();
  const { rows: before } = await sql`select id from attachment`.execute(world.app.database.db);
  const begun = performance.now();
  const growth = await growthDuring(async () => {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => world.send([{ name, type, content }])));
    for (const { status, body } of answers) {
      expect([status, body.code]).toEqual([400, 'bad_type']);
      expect(body.detail).toContain(why);
    }
  });
  expect(performance.now() - begun).toBeLessThan(allowedMs(AT_ONCE * 1_000));
  expect(growth).toBeLessThan(MOST_GROWTH);
  expect((await sql`select id from attachment`.execute(world.app.database.db)).rows).toEqual(before);
  await expect.poll(() => readdir(world.app.app.storage.incoming)).toEqual([]);
});

it('S40 control: the frames of the GIF, decoded, take more memory than that', async () => {
  const growth = await growthDuring(async () => {
    const frames = sharp(gifBomb(500, 500), { animated: true, limitInputPixels: false });
    const { data } = await frames.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(data.length).toBe(500 * 500 * 500 * 4);
  });
  expect(growth).toBeGreaterThan(MOST_GROWTH);
});

import process from 'node:process';
import pino from 'pino';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { databaseOutage } from '../../../test/database-outage.ts';
import { oneFile } from '../../../test/multipart.ts';
import { type S3Server, startS3Server } from '../../../test/s3-server.ts';
import type { Storage } from '../../platform/storage/index.ts';
import { clearAll } from './cleanup/clear.ts';
import { sweepAll } from './cleanup/sweep.ts';
import { type FilesWorld, filesWorld } from './test/world.ts';

const HOUR_MS = 3_600_000;
const never = new AbortController().signal;
let s3: S3Server;
let world: FilesWorld;
let picture: Buffer;
beforeEach(async () => {
  s3 = await startS3Server();
  world = await filesWorld({ env: { S3_URL: s3.url } });
  picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#3a7' } })
    .png()
    .toBuffer();
});
afterEach(async () => {
  await world.close();
  await s3.close();
});

/** A picture and a text: three objects. */
const upload = () =>
  world.send([
    { name: 'beds.png', type: 'image/png', content: picture },
    { name: 'notes.txt', type: 'text/plain', content: 'Water the roses' },
  ]);

/** Does something once so many objects are in the storage. */
function afterObjects(count: number, happens: () => Promise<void>): void {
  const { storage } = world.app.app;
  const put = storage.put.bind(storage);
  let stored = 0;
  storage.put = async (...object: Parameters<Storage['put']>) => {
    await put(...object);
    stored += 1;
    if (stored === count) await happens();
  };
}

/** Rows, objects and what counts against the quota. */
async function state() {
  const { pool } = world.app.database;
  const { rows } = await pool.query<{ id: string }>('select id from attachment order by id');
  const usage = await pool.query<{ files: number }>('select coalesce(sum(files), 0)::int as files from file_usage');
  const objects: string[] = [];
  for await (const { key } of world.app.app.storage.list()) objects.push(key);
  return { rows: rows.length, objects: objects.length, counted: usage.rows[0]?.files };
}

/** What the jobs do within a day. */
async function sweep(): Promise<void> {
  const { database } = world.app;
  const deps = (hours: number) => ({
    clock: { now: () => new Date(Date.now() + hours * HOUR_MS) },
    database,
    log: pino({ level: 'silent' }),
    storage: world.app.app.storage,
  });
  await clearAll(deps(2), never);
  await sweepAll(deps(26), never);
}

it('F43 the bucket goes away between two objects: the upload is refused, and leaves nothing once it is back', async () => {
  afterObjects(1, () => s3.stop());
  const { status, body } = await upload();
  expect([status, body.code]).toEqual([503, 'unavailable']);
  await s3.start();
  expect(await state(), 'control: what was stored before is there').toEqual({ rows: 0, objects: 1, counted: 0 });
  await sweep();
  expect(await state()).toEqual({ rows: 0, objects: 0, counted: 0 });
  expect((await upload()).status, 'and the next one is taken').toBe(201);
  expect(await state()).toEqual({ rows: 2, objects: 3, counted: 2 });
  world.app.faults.length = 0;
});

it('F43 the database goes away after the last object: the upload is refused, and leaves nothing once it is back', async () => {
  const outage = databaseOutage(world.app.database.url);
  afterObjects(3, outage.begin);
  const { status } = await upload();
  expect(status).toBeGreaterThanOrEqual(500);
  await outage.end();
  expect(await state(), 'control: nobody could remove it').toEqual({ rows: 2, objects: 3, counted: 2 });
  const listed = await world.ann.call('attachments.ofTask', { taskId: world.taskId });
  expect(listed.items, 'but nobody sees it').toEqual([]);
  await sweep();
  expect(await state()).toEqual({ rows: 0, objects: 0, counted: 0 });
  expect((await upload()).status).toBe(201);
  world.app.faults.length = 0;
});

it('answers 503 and a time to retry while no picture can be converted, and takes it afterwards', async () => {
  const send = () => {
    const { headers, body } = oneFile();
    return fetch(`${world.url}/api/v1/tasks/${world.taskId}/attachments`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${world.ann.accessToken}` },
      body: new Uint8Array(body),
    });
  };
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = '--import data:text/javascript,process.exit(1)';
  const refused = await send();
  process.env.NODE_OPTIONS = before ?? '';
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);
  expect(await refused.json()).toMatchObject({ code: 'unavailable', detail: 'Pictures cannot be converted right now' });
  expect((await send()).status).toBe(201);
  expect(world.app.faults, 'nobody is told of a fault').toEqual([]);
});

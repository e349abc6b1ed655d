import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { AtriumClient } from '@atrium/client';
import pino from 'pino';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clearAll } from '../../src/modules/files/cleanup/clear.ts';
import { sweepAll } from '../../src/modules/files/cleanup/sweep.ts';
import type { Database } from '../../src/platform/database/index.ts';
import { createDiskStorage } from '../../src/platform/storage/disk-storage.ts';
import { testDatabase } from '../database.ts';
import { multipart } from '../multipart.ts';
import { createTeam } from './harness/people.ts';
import { allowedMs } from './harness/run-length.ts';
import { type ServerProcess, startServer } from './harness/server.ts';
import { faultsOfFiles, readStoredFiles } from './harness/stored-files.ts';
import { until } from './harness/until.ts';
import { freePort } from './harness/work-directory.ts';
import { killProcessesOf } from './processes.ts';
import type { Sabotage } from './serve-sabotaged.ts';

const MINUTE_MS = 60_000;
let database: Database;
let dataDir: string;
let server: ServerProcess;
let port: number;
let token: string;
let api: AtriumClient['api'];
let workspaceId: string;
let taskId: string;
/** A picture and a text: three objects. */
let body: ReturnType<typeof multipart>;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'atrium-fault-'));
  port = await freePort();
  const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: '#3a7' } });
  body = multipart([
    { name: 'beds.png', type: 'image/png', content: await picture.png().toBuffer() },
    { name: 'notes.txt', type: 'text/plain', content: 'Water the roses. '.repeat(20_000) },
  ]);
  server = await start();
  const team = await createTeam(server.url, 'ann');
  const [ann] = team.members;
  if (ann === undefined) throw new Error('There is nobody.');
  ({
    token,
    client: { api },
  } = ann);
  ({ workspaceId } = team);
  taskId = (await api.tasks.create({ workspaceId, title: 'Plan the beds' })).id;
});

afterEach(async () => {
  await killProcessesOf(dataDir);
  await database.pool.query('delete from attachment');
  await sweep();
});

afterAll(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(sabotage?: Sabotage, env?: Record<string, string>): Promise<ServerProcess> {
  const sabotaged = sabotage && { script: 'serve-sabotaged.ts', args: [JSON.stringify(sabotage)] };
  const started = startServer({ dataDir, port, env: { DATABASE_URL: database.url, ...env }, ...sabotaged });
  await started.ready(allowedMs(30_000));
  return started;
}

const directory = () => path.join(dataDir, 'files');
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS);
const faults = async (now: Date) => faultsOfFiles(await readStoredFiles(database.url, directory()), now);

/** The work of the jobs: abandoned uploads are deleted after an hour; rows and objects are compared after a day. */
async function sweep(minutes = 61): Promise<void> {
  const storage = await createDiskStorage(directory());
  const deps = (later: number) => ({
    clock: { now: () => inMinutes(later) },
    database,
    log: pino({ level: 'silent' }),
    storage,
  });
  const { signal } = new AbortController();
  await clearAll(deps(minutes), signal);
  await sweepAll(deps(minutes + 24 * 60), signal);
}

function upload({ url }: ServerProcess, uploadId: string = crypto.randomUUID()): Promise<Response> {
  return fetch(`${url}/api/v1/tasks/${taskId}/attachments?uploadId=${uploadId}`, {
    method: 'POST',
    headers: { ...body.headers, authorization: `Bearer ${token}` },
    body: new Uint8Array(body.body),
  });
}

/** Sends half of it to the first server, and kills it when that is on its disk. */
async function killWhileReceiving(): Promise<void> {
  const sent = request(`${server.url}/api/v1/tasks/${taskId}/attachments`, {
    method: 'POST',
    headers: { ...body.headers, authorization: `Bearer ${token}`, 'content-length': body.body.length },
  });
  sent.on('error', () => undefined);
  sent.write(body.body.subarray(0, body.body.length / 2));
  // The text is the second file.
  const count = async () => (await readdir(path.join(directory(), 'incoming'))).length;
  await until(async () => (await count()) === 2, allowedMs(10_000), 'the files are being received');
  await server.kill();
}

/** Uploads to a server that exits during it. */
async function uploadToDoomed(doomed: ServerProcess, uploadId?: string): Promise<void> {
  await expect(upload(doomed, uploadId)).rejects.toThrow('fetch failed');
  expect(await doomed.ended).toBe('SIGKILL');
}

/** A scanner that kills its caller: the files were received, and there is no row. */
async function deadlyScanner(): Promise<string> {
  const script = path.join(dataDir, 'scan.sh');
  await writeFile(script, '#!/bin/sh\nkill -9 $PPID\n');
  await chmod(script, 0o755);
  return script;
}

const steps: [string, { files: number; objects: number; incoming: number }, () => Promise<void>][] = [
  ['while the bytes come in', { files: 0, objects: 0, incoming: 2 }, killWhileReceiving],
  [
    'before the rows',
    { files: 0, objects: 0, incoming: 2 },
    async () => uploadToDoomed(await start({}, { SCAN_COMMAND: await deadlyScanner() })),
  ],
  [
    'after the rows and the first object',
    { files: 2, objects: 1, incoming: 3 },
    async () => uploadToDoomed(await start({ dieAfterObjects: 1 })),
  ],
  [
    'after all objects, before the files are shown',
    { files: 2, objects: 3, incoming: 1 },
    async () => uploadToDoomed(await start({ dieAfterObjects: 3 })),
  ],
];

test.each(steps)('F43 killed %s, an upload leaves nothing after an hour', async (_when, left, kill) => {
  await kill();
  const { rows, objects, incoming, usage } = await readStoredFiles(database.url, directory());
  expect({ files: usage.files, objects: objects.size, incoming: incoming.length }).toEqual(left);
  expect(rows).toHaveLength(left.files);

  await sweep(58);
  expect((await readStoredFiles(database.url, directory())).rows, 'it could still go on').toHaveLength(left.files);
  const later = inMinutes(61);
  expect(await faults(later), 'control: without the sweep it is not in order').not.toEqual([]);
  await sweep(61);
  expect(await faults(later)).toEqual([]);
  expect(await readStoredFiles(database.url, directory())).toEqual({
    rows: [],
    objects: new Map(),
    incoming: [],
    usage: { files: 0, bytes: 0 },
  });
});

test('F43 killed between the commit and the answer, an upload exists, and is not stored again', async () => {
  const uploadId = crypto.randomUUID();
  await uploadToDoomed(await start({ dieAtCommit: 1 }), uploadId);
  await sweep();
  expect(await faults(inMinutes(61))).toEqual([]);
  const { rows, usage } = await readStoredFiles(database.url, directory());
  expect(rows).toHaveLength(2);

  server = await start();
  const again = await upload(server, uploadId);
  const { attachments } = (await again.json()) as { attachments: { id: string }[] };
  expect([again.status, attachments.map(({ id }) => id).sort()]).toEqual([201, rows.map(({ id }) => id)]);
  expect(await api.attachments.usage({ workspaceId })).toMatchObject(usage);
  const { items } = await api.attachments.ofTask({ taskId });
  expect(items.map(({ filename }) => filename).sort()).toEqual(['beds.png', 'notes.txt']);
  expect(await server.stop()).toBe(0);
});

test('F43 control: a server that shows files before they are stored leaves rows without objects', async () => {
  await uploadToDoomed(await start({ dieAfterObjects: 1, showsFirst: true }));
  await sweep();
  const { rows } = await readStoredFiles(database.url, directory());
  expect(rows).toHaveLength(2);
  expect(await faults(inMinutes(61))).toEqual(
    expect.arrayContaining(rows.map(({ id }) => `row without object: ${id}`)),
  );
});

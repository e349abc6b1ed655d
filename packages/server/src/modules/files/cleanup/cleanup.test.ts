import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../../platform/storage/index.ts';
import { type FilesWorld, filesWorld } from '../test/world.ts';
import { clearAll } from './clear.ts';
import { sweepAll } from './sweep.ts';

const HOUR_MS = 3_600_000;
const never = new AbortController().signal;
let world: FilesWorld;
let storage: Storage;
beforeAll(async () => {
  world = await filesWorld();
  ({ storage } = world.app.app);
});
afterAll(() => world.close());
beforeEach(async () => {
  await sql`delete from attachment`.execute(world.app.database.db);
  await clear();
});

const files = [{ name: 'a.txt', type: 'text/plain', content: 'Roses' }];
const deps = (over: Partial<Storage> = {}, hoursLater = 0) => ({
  clock: { now: () => new Date(Date.now() + hoursLater * HOUR_MS) },
  database: world.app.database,
  log: pino({ level: 'silent' }),
  storage: { ...storage, ...over },
});
const clear = (over?: Partial<Storage>, hoursLater?: number) => clearAll(deps(over, hoursLater), never, 2);

async function upload(): Promise<string> {
  const { attachments } = await world.ann.call('attachments.upload', { workspaceId: world.workspaceId }, { files });
  return attachments[0]?.id ?? '';
}
async function addToTask(taskId = world.taskId): Promise<string> {
  const { attachments } = await world.ann.call('attachments.addToTask', { taskId }, { files });
  return attachments[0]?.id ?? '';
}
const objects = async () => {
  const keys: string[] = [];
  for await (const { key } of storage.list()) keys.push(key);
  return keys.sort();
};
const ids = async () => {
  const { rows } = await sql<{ id: string }>`select id from attachment order by id`.execute(world.app.database.db);
  return rows.map(({ id }) => id);
};
const usage = () => world.ann.call('attachments.usage', { workspaceId: world.workspaceId });

/** Rows and objects are the same, and the usage is their sum. */
async function expectWhole(expected: readonly string[]): Promise<void> {
  expect(await ids()).toEqual([...expected].sort());
  expect(await objects()).toEqual([...expected].sort());
  expect(await usage()).toMatchObject({ files: expected.length, bytes: 5 * expected.length });
}

describe('clearing', () => {
  it('removes files that nobody used within a day, and no others', async () => {
    const [unused, used] = [await upload(), await addToTask()];
    await clear({}, 23);
    await expectWhole([unused, used]);
    await clear({}, 25);
    await expectWhole([used]);
  });

  it('removes files with their task, when it is removed for good', async () => {
    const { id: taskId } = await world.ann.call('tasks.create', { workspaceId: world.workspaceId, title: 'Mow' });
    const [mine, kept] = [await addToTask(taskId), await addToTask()];
    await world.ann.call('tasks.delete', { taskId });
    await clear();
    await expectWhole([mine, kept]);
    await sql`update task set deleted_at = deleted_at - interval '31 days' where id = ${taskId}`.execute(
      world.app.database.db,
    );
    const { purgeExpired } = await import('../../tasks/trash/purge.ts');
    await purgeExpired(world.app.app.transact, never);
    await clear();
    await expectWhole([kept]);
  });

  it('removes files with their workspace', async () => {
    const { id: workspaceId } = await world.ann.call('workspaces.create', { name: 'Gone' });
    const { id: taskId } = await world.ann.call('tasks.create', { workspaceId, title: 'Mow' });
    for (let at = 0; at < 3; at += 1) await addToTask(taskId);
    await world.ann.call('attachments.upload', { workspaceId }, { files });
    const kept = await addToTask();
    await world.ann.call('workspaces.delete', { workspaceId });
    await clear();
    await expectWhole([kept]);
    const left = await sql`select from file_usage where workspace_id = ${workspaceId}`.execute(world.app.database.db);
    expect(left.rows).toEqual([]);
  });

  it('removes what an account that goes had not used, and keeps what others see', async () => {
    const bob = await world.app.person('Bob');
    const { code } = await world.ann.call('workspaces.joinCode', { workspaceId: world.workspaceId });
    await bob.call('workspaces.join', { code });
    const shared = await bob.call('attachments.addToTask', { taskId: world.taskId }, { files });
    await bob.call('attachments.upload', { workspaceId: world.workspaceId }, { files });
    await bob.call('users.delete', { password: bob.password });
    await clear();
    await expectWhole([shared.attachments[0]?.id ?? '']);
  });

  it('tries again when the storage fails; the row is gone all the same', async () => {
    const id = await addToTask();
    await world.ann.call('attachments.delete', { attachmentId: id });
    const failing = { delete: () => Promise.reject(new Error('down')) };
    await writeFile(path.join(storage.incoming, 'x'), '');
    await clear(failing);
    expect(await ids()).toEqual([]);
    await clear();
    await expectWhole([]);
  });
});

describe('F43 an upload that is interrupted', () => {
  /** Rows and objects as a killed process leaves them after each step. */
  const steps: [string, (id: string) => Promise<unknown>][] = [
    ['after the rows', async (id) => storage.delete(id)],
    ['after the bytes', async () => undefined],
  ];
  it.each(steps)('%s leaves nothing after an hour, and is shown to nobody', async (_step, undo) => {
    const id = await upload();
    await sql`update attachment set stored = false`.execute(world.app.database.db);
    await undo(id);
    await expect(world.ann.call('attachments.get', { attachmentId: id })).rejects.toMatchObject({ code: 'not_found' });
    await clear({}, 0.9);
    expect(await ids()).toEqual([id]);
    await clear({}, 1.1);
    await expectWhole([]);
  });

  it('by a storage that fails stores nothing', async () => {
    const failing = await filesWorld();
    const put = failing.app.app.storage.put;
    let puts = 0;
    failing.app.app.storage.put = async (key, file) => {
      puts += 1;
      if (puts === 2) throw new Error('the storage is down');
      return put(key, file);
    };
    const sent = await failing.send([...files, ...files]);
    expect(sent.status).toBe(500);
    const { db } = failing.app.database;
    await clearAll({ ...deps(), database: failing.app.database, storage: failing.app.app.storage }, never);
    expect((await sql`select from attachment`.execute(db)).rows).toEqual([]);
    for await (const object of failing.app.app.storage.list()) expect(object).toBeUndefined();
    await failing.close();
  });
});

describe('the sweep', () => {
  it('deletes objects without a row, and reports rows without an object', async () => {
    const [kept, lost] = [await addToTask(), await addToTask()];
    await storage.delete(lost);
    const stranger = randomUUID();
    const file = path.join(storage.incoming, 'stranger');
    await writeFile(file, 'x');
    await storage.put(stranger, file);
    expect(await sweepAll(deps(), never)).toEqual({ deleted: [], lost: [] });
    expect(await sweepAll(deps({}, 25), never)).toEqual({ deleted: [stranger], lost: [lost] });
    expect(await objects()).toEqual([kept]);
    expect(await ids()).toEqual([kept, lost].sort());
  });
});

describe('the quota of a workspace', () => {
  it('is the sum of its files, and refuses what is too much', async () => {
    const small = await filesWorld({ env: { FILE_QUOTA_MB: '1' } });
    const half = [{ name: 'half.txt', type: 'text/plain', content: Buffer.alloc(600_000, 'x') }];
    expect((await small.send(half)).status).toBe(201);
    const refused = await small.send(half);
    expect([refused.status, refused.body.code]).toEqual([409, 'quota_exceeded']);
    const { workspaceId } = small;
    expect(await small.ann.call('attachments.usage', { workspaceId })).toEqual({
      files: 1,
      bytes: 600_000,
      quotaBytes: 1_000_000,
    });
    await small.close();
  });

  it('holds for uploads at the same moment', async () => {
    const small = await filesWorld({ env: { FILE_QUOTA_MB: '1' } });
    const part = [{ name: 'part.txt', type: 'text/plain', content: Buffer.alloc(300_000, 'x') }];
    const sent = await Promise.all(Array.from({ length: 8 }, () => small.send(part)));
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(3);
    await small.close();
  });
});

it('S45 of ten uploads an hour the eleventh is refused, also at the same moment', async () => {
  const limited = await filesWorld({ limits: true });
  const sent = await Promise.all(Array.from({ length: 20 }, () => limited.send(files)));
  expect(sent.filter(({ status }) => status === 201)).toHaveLength(10);
  expect(sent.filter(({ body }) => body.code === 'rate_limited')).toHaveLength(10);
  await limited.close();
});

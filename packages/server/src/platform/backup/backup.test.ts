import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { checkAcknowledged, checkNoGaps, checkStored } from '../../../test/faults/harness/checkers.ts';
import { readFacts } from '../../../test/faults/harness/facts.ts';
import type { Command } from '../../../test/faults/harness/history.ts';
import { storedObjectKeys } from '../../modules/files/index.ts';
import { type FilesWorld, filesWorld } from '../../modules/files/test/world.ts';
import { type Database, executorOf, migrateTo, schemaState, withoutTimeouts } from '../database/index.ts';
import { prepareQueue } from '../jobs/index.ts';
import { openStorage, type Storage } from '../storage/index.ts';
import { createSync, readEpoch } from '../stream/index.ts';
import { BadBackup, checkBackup, FileExists, restoreBackup, TargetRefused, writeBackup } from './index.ts';
import { changeEpoch } from './restore-store.ts';

const PASSPHRASE = 'correct horse battery staple';
/** The lowest cost, because the passphrase is not secret. */
const QUICK = 10;
const quiet = () => undefined;

let world: FilesWorld;
let directory: string;
let general: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'atrium-backup-'));
  world = await filesWorld();
  const [first] = (await world.ann.call('conversations.list', { workspaceId: world.workspaceId })).items;
  general = first?.id ?? '';
  const picture = await sharp({ create: { width: 900, height: 700, channels: 3, background: '#4a7' } })
    .png()
    .toBuffer();
  const sent = await world.send([
    { name: 'beds.png', type: 'image/png', content: picture },
    { name: 'notes.txt', type: 'text/plain', content: 'Water the roses.\n'.repeat(200_000) },
    { name: 'empty.txt', type: 'text/plain', content: 'x' },
  ]);
  expect(sent.status).toBe(201);
});
afterAll(async () => {
  await world?.close();
  await rm(directory, { recursive: true, force: true });
});

const source = () => ({
  database: world.app.database,
  storage: world.app.app.storage,
  objectKeys: storedObjectKeys,
  leaveOut: ['identity_secret'],
  secrets: { identity: 'the keys' },
  program: '0.0.0',
});

/** @returns the file */
async function backUp(options: { passphrase?: string | undefined } = { passphrase: PASSPHRASE }): Promise<string> {
  const file = path.join(directory, randomUUID());
  await writeBackup(file, source(), { passphrase: options.passphrase, workFactor: QUICK, progress: quiet });
  return file;
}

interface Target {
  database: Database;
  storage: Storage;
}

async function emptyTarget(): Promise<Target> {
  const database = await testDatabase({ template: false });
  onTestFinished(database.close);
  const dataDir = path.join(directory, randomUUID());
  return { database, storage: await openStorage({ s3Url: undefined, dataDir }) };
}

async function restore(file: string, target: Target, passphrase: string | undefined = PASSPHRASE) {
  return restoreBackup({ file, passphrase, checked: await checkBackup(file, passphrase) }, target, quiet);
}

async function expectEmpty({ database, storage }: Target): Promise<void> {
  const { rows } = await database.pool.query(
    "select relname from pg_class where relnamespace = 'public'::regnamespace",
  );
  const objects = [];
  for await (const object of storage.list()) objects.push(object);
  expect([rows, objects]).toEqual([[], []]);
}

/** Sends messages until stopped. */
function startWriters(count: number) {
  const commands: Command[] = [];
  let isRunning = true;
  const write = async () => {
    while (isRunning) {
      const op = randomUUID();
      const about = { op, userId: world.ann.userId, conversationId: general };
      const { message } = await world.ann.call('messages.send', {
        conversationId: general,
        content: `${op}~`,
        clientMessageId: op,
      });
      commands.push({ ...about, outcome: { kind: 'ok', seq: message.seq } } as Command);
      await world.ann.call('tasks.create', { workspaceId: world.workspaceId, title: op });
    }
  };
  const running = Array.from({ length: count }, write);
  return {
    commands,
    async stop() {
      isRunning = false;
      await Promise.all(running);
    },
  };
}

it('F25 a backup under load is a consistent snapshot, and clients with later data start over', async () => {
  const writers = startWriters(4);
  await expect.poll(() => writers.commands.length).toBeGreaterThan(20);
  const before = [...writers.commands];
  const file = await backUp();
  const during = writers.commands.length - before.length;
  await writers.stop();
  const target = await emptyTarget();
  const { header, secrets } = await restore(file, target);
  expect(during).toBeGreaterThan(0);
  expect(secrets).toEqual({ identity: 'the keys' });

  // No acknowledged message is missing, and no message exists that nobody sent.
  const facts = await readFacts(target.database.url);
  expect(checkAcknowledged(before, facts.rows)).toEqual([]);
  expect(checkStored(writers.commands, facts.rows)).toEqual([]);
  expect(checkNoGaps(facts.streams)).toEqual([]);
  expect(facts.streams.size).toBe(header.position.streams);

  // Files are unchanged.
  let objects = 0;
  for await (const key of storedObjectKeys(world.app.database.db)) {
    const [mine, theirs] = await Promise.all(
      [world.app.app.storage, target.storage].map(async (storage) => buffer(await storage.open(key))),
    );
    expect(mine?.equals(theirs ?? Buffer.alloc(0))).toBe(true);
    objects += 1;
  }
  expect(objects).toBe(4);

  // Ann's client has newer positions than the database.
  const stream = `conversation:${general}` as const;
  const { epoch, asOf } = await world.ann.call('streams.snapshot', {});
  const known = { [stream]: asOf[stream] ?? 0 };
  const resume = (from: Record<string, number>, of: string) =>
    createSync({
      database: target.database,
      audiences: () => world.app.app.modules.flatMap((one) => one.audiences ?? []),
      readerViews: () => ({}),
      render: world.app.app.hub.render,
    }).page(world.ann.userId, from, of);
  expect(await resume(known, epoch)).toMatchObject({ events: [], reset: [stream] });
  const behind = { [stream]: (facts.streams.get(stream)?.seq ?? 0) - 1 };
  expect(await resume(behind, epoch)).toMatchObject({ events: [], reset: [stream] });

  // Control: with the old epoch, a client would mistake new events for those it already has.
  await target.database.pool.query('update instance set epoch = $1', [epoch]);
  expect(await resume(behind, epoch)).toMatchObject({ events: [{}], reset: [] });
  await withoutTimeouts(target.database.pool, changeEpoch);
  expect(await readEpoch(target.database.db)).not.toBe(epoch);
});

describe('a restored database', () => {
  it('has the same rows, keys and triggers', async () => {
    const target = await emptyTarget();
    await restore(await backUp(), target);
    const shape = async ({ pool }: Database) =>
      (
        await pool.query(`
          select conrelid::regclass::text as thing, pg_get_constraintdef(oid) as what from pg_constraint
          where connamespace in ('public'::regnamespace, 'bullmq'::regnamespace)
          union all select tgrelid::regclass::text, tgname::text || tgenabled::text from pg_trigger where not tgisinternal
          union all select sequencename::text, last_value::text from pg_sequences
          union all select indexname::text, indexdef from pg_indexes where schemaname = 'public'
          order by 1, 2`)
      ).rows;
    expect(await shape(target.database)).toEqual(await shape(world.app.database));
    const rows = async ({ pool }: Database, table: string) =>
      (await pool.query(`select t::text from ${table} t order by 1`)).rows;
    for (const table of [
      'account',
      'attachment',
      'file_usage',
      'event',
      'task',
      'message',
      'audit_log',
      'bullmq.job',
    ]) {
      expect(await rows(target.database, table)).toEqual(await rows(world.app.database, table));
    }
  });

  it('is migrated when the backup is of an older version', async () => {
    const old = await testDatabase({ template: false });
    onTestFinished(old.close);
    await prepareQueue(old.pool);
    const { rows } = await world.app.database.pool.query('select id, name, sha256 from migration order by id');
    await withoutTimeouts(old.pool, async (client) => {
      await client.query('begin');
      await migrateTo(client, rows.slice(0, -3));
      await client.query('commit');
    });
    const file = path.join(directory, randomUUID());
    const objectKeys = async function* () {};
    await writeBackup(file, { ...source(), database: old, objectKeys }, { passphrase: undefined, progress: quiet });
    const target = await emptyTarget();
    await restore(file, target, undefined);
    expect((await schemaState(target.database)).pending).toEqual([]);
  });
});

describe('nothing is changed by', () => {
  async function expectRefused(file: string, passphrase: string | undefined, words: RegExp) {
    const target = await emptyTarget();
    await expect(restore(file, target, passphrase)).rejects.toThrow(BadBackup);
    await expect(restore(file, target, passphrase)).rejects.toThrow(words);
    await expectEmpty(target);
  }

  it('a wrong passphrase, none, and a file that is not a backup', async () => {
    const file = await backUp();
    await expectRefused(file, 'another passphrase', /passphrase does not open/);
    await expect(checkBackup(file, undefined)).rejects.toThrow('no passphrase is given');
    for (const [content, words] of [
      ['', 'is empty'],
      ['PK\u0003\u0004', 'not a backup'],
    ] as const) {
      const other = path.join(directory, randomUUID());
      await writeFile(other, content);
      await expect(checkBackup(other, PASSPHRASE)).rejects.toThrow(words);
    }
  });

  it.each([PASSPHRASE, undefined])(
    'a file that is truncated or has one changed byte (passphrase: %s)',
    async (passphrase) => {
      const file = await backUp({ passphrase });
      const { length } = await readFile(file);
      const copy = path.join(directory, randomUUID());
      for (const share of [0.1, 0.5, 0.9, 1]) {
        await copyFile(file, copy);
        await truncate(copy, Math.max(1, Math.floor(length * share) - 1));
        await expect(checkBackup(copy, passphrase), `cut at ${share}`).rejects.toThrow(BadBackup);
      }
      for (const share of [0.02, 0.3, 0.6, 0.99]) {
        await copyFile(file, copy);
        const handle = await open(copy, 'r+');
        const at = Math.floor(length * share);
        const byte = await handle.read(Buffer.alloc(1), 0, 1, at);
        await handle.write(Buffer.from([(byte.buffer[0] ?? 0) ^ 1]), 0, 1, at);
        await handle.close();
        await expect(checkBackup(copy, passphrase), `changed at ${share}`).rejects.toThrow(BadBackup);
      }
      await expectRefused(copy, passphrase, /damaged|passphrase/);
    },
  );

  it('a target that is in use', async () => {
    const file = await backUp();
    const used = { database: world.app.database, storage: (await emptyTarget()).storage };
    await expect(restore(file, used)).rejects.toThrow(TargetRefused);
    const { database } = await emptyTarget();
    await expect(restore(file, { database, storage: world.app.app.storage })).rejects.toThrow(TargetRefused);
    await expectEmpty({ database, storage: used.storage });
  });

  it('a storage that fails midway; afterwards it can be retried', async () => {
    const file = await backUp();
    const target = await emptyTarget();
    let puts = 0;
    const failing: Storage = {
      ...target.storage,
      put(key, incoming) {
        puts += 1;
        return puts === 3 ? Promise.reject(new Error('the disk is full')) : target.storage.put(key, incoming);
      },
    };
    await expect(restore(file, { ...target, storage: failing })).rejects.toThrow('the disk is full');
    await expectEmpty(target);
    await restore(file, target);
  });

  it('a backup of a newer version', async () => {
    await world.app.database.pool.query(
      `insert into migration (id, name, sha256) values (9999, 'later', repeat('0', 64))`,
    );
    onTestFinished(async () => void (await world.app.database.pool.query('delete from migration where id = 9999')));
    const file = path.join(directory, randomUUID());
    await expect(writeBackup(file, source(), { passphrase: undefined, progress: quiet })).rejects.toThrow(
      'newer version',
    );
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });
});

describe('writing a backup', () => {
  it('replaces no file, and leaves no unfinished one', async () => {
    const file = await backUp();
    const again = () => writeBackup(file, source(), { passphrase: undefined, progress: quiet });
    await expect(again()).rejects.toThrow(FileExists);
    const nowhere = path.join(directory, 'missing', 'file');
    await expect(writeBackup(nowhere, source(), { passphrase: undefined, progress: quiet })).rejects.toThrow('ENOENT');
    const failing = { ...source(), storage: { open: () => Promise.reject(new Error('no storage')) } };
    const other = path.join(directory, randomUUID());
    await expect(writeBackup(other, failing, { passphrase: undefined, progress: quiet })).rejects.toThrow('no storage');
    await expect(readFile(`${other}.unfinished`)).rejects.toThrow('ENOENT');
  });

  it('keeps objects until it is done, even those of files deleted in the meantime', async () => {
    const { body } = await world.send([{ name: 'late.txt', type: 'text/plain', content: 'still here' }]);
    const key = body.attachments[0]?.id ?? '';
    const clear = async () => {
      const { clearAll } = await import('../../modules/files/cleanup/clear.ts');
      const { database, app } = world.app;
      const log = { warn: quiet } as never;
      await clearAll(
        { clock: { now: () => new Date() }, database, log, storage: app.storage },
        AbortSignal.timeout(10_000),
      );
    };
    const file = path.join(directory, randomUUID());
    const objectKeys = async function* (db: Parameters<typeof storedObjectKeys>[0]) {
      await world.ann.call('attachments.delete', { attachmentId: key });
      await clear();
      yield* storedObjectKeys(db);
    };
    const { missingObjects } = await writeBackup(
      file,
      { ...source(), objectKeys },
      { passphrase: undefined, progress: quiet },
    );
    expect(missingObjects).toBe(0);
    await clear();
    await expect(world.app.app.storage.open(key)).rejects.toThrow();
    const target = await emptyTarget();
    await restore(file, target, undefined);
    expect(String(await buffer(await target.storage.open(key)))).toBe('still here');
  });

  it('reads one snapshot on its connection, which stores can use', async () => {
    await withoutTimeouts(world.app.database.pool, async (client) => {
      await client.query('begin isolation level repeatable read read only');
      const before = await readEpoch(executorOf(client));
      expect(before).toBe(await readEpoch(world.app.database.db));
      await client.query('commit');
    });
  });
});

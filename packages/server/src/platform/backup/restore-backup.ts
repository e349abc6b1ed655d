import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import {
  type Connection,
  checkMigrationHistory,
  type Database,
  executorOf,
  MigrationError,
  migrate,
  migrateTo,
  withoutTimeouts,
} from '../database/index.ts';
import { prepareQueue } from '../jobs/index.ts';
import type { Storage } from '../storage/index.ts';
import { type BackupFile, type PartSink, readArchive } from './archive-reader.ts';
import { type BackedUpTable, BadBackup, type Header, type Manifest, type Progress, TargetRefused } from './format.ts';
import { brokenStreams, changeEpoch, copyIn, isEmptyDatabase, openTables, setSequences } from './restore-store.ts';
import { listTables, queueVersions } from './snapshot-store.ts';
import { streamSink } from './stream-sink.ts';

/** The target of a restore. */
export interface RestoreTarget {
  database: Pick<Database, 'db' | 'pool'>;
  storage: Storage;
}

/** A complete backup. */
export interface CheckedBackup {
  file: BackupFile;
  passphrase: string | undefined;
  /** The result of `checkBackup` for it. */
  checked: { header: Header; manifest: Manifest };
}

/** What was restored. */
export interface Restored {
  header: Header;
  manifest: Manifest;
  secrets: Record<string, string>;
  /** False if the job queue of the backup has another version: its jobs are left out, and scheduled again. */
  withJobs: boolean;
}

const MOST_SECRET_BYTES = 1 << 20;

/**
 * Reads a backup from beginning to end, without changing anything.
 * @param checkSecret throws for an invalid secret
 * @throws BadBackup
 */
export async function checkBackup(
  file: BackupFile,
  passphrase: string | undefined,
  checkSecret: (name: string, text: string) => void = () => undefined,
): Promise<{ header: Header; manifest: Manifest }> {
  const read = await readArchive(file, passphrase, {
    part: (name) => (name.startsWith('secret/') ? secretSink((text) => checkSecret(name.slice(7), text)) : undefined),
  });
  try {
    await checkMigrationHistory(read.header.migrations);
  } catch (error) {
    if (error instanceof MigrationError) throw new BadBackup(`It is of another version. ${error.message}`);
    throw error;
  }
  return read;
}

/**
 * Restores a backup into an empty instance, completely or not at all. Then migrates the schema and resets all clients.
 * @throws BadBackup or TargetRefused, without any changes
 */
export async function restoreBackup(
  backup: CheckedBackup,
  target: RestoreTarget,
  progress: Progress,
): Promise<Restored> {
  const { database, storage } = target;
  const { checked, file, passphrase } = backup;
  await refuseUsedTarget(target);
  const stored: string[] = [];
  try {
    await prepareQueue(database.pool);
    const restored = await withoutTimeouts(database.pool, async (client) => {
      await client.query('set idle_in_transaction_session_timeout = 0');
      await client.query('begin');
      return restoreInto(client, { file, passphrase, storage, stored, progress });
    });
    progress('Bringing the schema up to date');
    await migrate(database);
    return { ...restored, manifest: checked.manifest };
  } catch (error) {
    for (const key of stored) await storage.delete(key).catch(() => undefined);
    await database.pool.query('drop schema if exists bullmq cascade').catch(() => undefined);
    throw error;
  }
}

async function refuseUsedTarget({ database, storage }: RestoreTarget): Promise<void> {
  if (!(await isEmptyDatabase(database.db))) {
    throw new TargetRefused('The database is not empty. A backup is only restored into an empty one.');
  }
  for await (const { key } of storage.list()) {
    throw new TargetRefused(`The storage of files is not empty (${key}). A backup is only restored into an empty one.`);
  }
}

interface Restoring {
  file: BackupFile;
  passphrase: string | undefined;
  storage: Storage;
  /** Receives the key of each stored object. */
  stored: string[];
  progress: Progress;
}

async function restoreInto(client: Connection, restoring: Restoring): Promise<Omit<Restored, 'manifest'>> {
  const { file, passphrase, storage, stored, progress } = restoring;
  const db = executorOf(client);
  const secrets: Record<string, string> = {};
  let close: () => Promise<void> = async () => undefined;
  let withJobs = false;
  let known: Header | undefined;
  await readArchive(file, passphrase, {
    async header(header) {
      refuseExport(header);
      known = header;
      await migrateTo(client, header.migrations);
      withJobs = sameList(await queueVersions(db), header.queueVersions);
      const isTaken = ({ name }: { name: string }) => withJobs || !isOfQueue(name);
      const tables = header.tables.filter(isTaken);
      refuseForeignTables(tables, await listTables(db, []));
      close = await openTables(
        client,
        tables.map(({ name }) => name),
      );
      await setSequences(client, header.sequences.filter(isTaken));
    },
    part(name) {
      const [kind = '', ...rest] = name.split('/');
      const what = rest.join('/');
      if (kind === 'object') return objectSink(storage, what, stored);
      if (kind === 'secret') return secretSink((text) => Object.assign(secrets, { [what]: text }));
      const table = known?.tables.find((one) => one.name === what);
      if (kind !== 'table' || table === undefined)
        throw new BadBackup(`The backup has a part that is not known: ${name}`);
      if (!withJobs && isOfQueue(what)) return undefined;
      const copy = copyIn(client, table);
      return {
        write: copy.write,
        async end({ rows }) {
          await copy.end();
          if (rows !== 0) progress(`${what}: ${rows} rows`);
        },
      };
    },
  });
  progress('Checking what was restored');
  await close();
  const broken = await brokenStreams(db);
  if (broken.length > 0) throw new BadBackup(`The log of these streams is not whole: ${broken.join(', ')}`);
  await changeEpoch(client);
  await client.query('commit');
  if (known === undefined) throw new BadBackup('The backup is empty.');
  return { header: known, secrets, withJobs };
}

function refuseExport({ holds }: Header): void {
  if (holds !== undefined) throw new BadBackup('The file is an export of a part of an instance: it is imported.');
}

/** Names become part of SQL statements, and a file is not trusted. */
function refuseForeignTables(wanted: readonly BackedUpTable[], own: readonly BackedUpTable[]): void {
  const columns = new Map(own.map((table) => [table.name, new Set(table.columns)]));
  const foreign = wanted.find(({ name, columns: some }) => !some.every((column) => columns.get(name)?.has(column)));
  if (foreign !== undefined)
    throw new BadBackup(`The backup has a table that this version does not have: ${foreign.name}`);
}

const isOfQueue = (name: string) => name.startsWith('bullmq.');
const sameList = (a: readonly string[], b: readonly string[]) => a.join() === b.join();

function secretSink(take: (text: string) => void): PartSink {
  const pieces: Buffer[] = [];
  return {
    write: (piece) => void pieces.push(piece),
    end({ bytes }) {
      if (bytes > MOST_SECRET_BYTES) throw new BadBackup('A secret in the backup is too large.');
      take(Buffer.concat(pieces).toString());
    },
  };
}

function objectSink(storage: Storage, key: string, stored: string[]): PartSink {
  const file = path.join(storage.incoming, randomUUID());
  const sink = streamSink(createWriteStream(file, { mode: 0o600 }));
  return {
    write: sink.write,
    async end() {
      await sink.end();
      try {
        await storage.put(key, file);
        stored.push(key);
      } finally {
        await rm(file, { force: true });
      }
    },
  };
}

import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { createDiskStorage } from '../../../src/platform/storage/disk-storage.ts';
import { withDatabase } from './facts.ts';

const HOUR_MS = 3_600_000;

interface FileRow {
  id: string;
  bytes: number;
  thumbnail: number | null;
}

/** The files of a server in the database and on disk. */
export interface StoredFiles {
  rows: FileRow[];
  /** Sizes of the objects in the storage, by key. */
  objects: Map<string, number>;
  /** The start of each upload in progress. */
  incoming: Date[];
  /** What counts against the quotas, of all workspaces. */
  usage: { files: number; bytes: number };
}

/** Reads everything. @param directory of the storage */
export async function readStoredFiles(databaseUrl: string, directory: string): Promise<StoredFiles> {
  const storage = await createDiskStorage(directory);
  const objects = new Map<string, number>();
  for await (const { key } of storage.list()) {
    objects.set(key, (await lstat(path.join(directory, key.slice(34, 36), key))).size);
  }
  const incoming: Date[] = [];
  for (const name of await readdir(storage.incoming)) {
    incoming.push((await lstat(path.join(storage.incoming, name))).mtime);
  }
  return withDatabase(databaseUrl, async (client: pg.Client) => {
    const { rows } = await client.query<FileRow>(
      'select id, bytes::int, thumbnail_bytes::int as thumbnail from attachment order by id',
    );
    const { rows: usages } = await client.query<StoredFiles['usage']>(
      'select coalesce(sum(files), 0)::int as files, coalesce(sum(bytes), 0)::int as bytes from file_usage',
    );
    return { rows, objects, incoming, usage: usages[0] ?? { files: 0, bytes: 0 } };
  });
}

/** Everything that is wrong after the sweep, in words. */
export function faultsOfFiles({ rows, objects, incoming, usage }: StoredFiles, now: Date): string[] {
  const expected = new Map<string, number>();
  for (const { id, bytes, thumbnail } of rows) {
    expected.set(id, bytes);
    if (thumbnail !== null) expected.set(`${id}.thumbnail`, thumbnail);
  }
  const sum = rows.reduce((total, { bytes }) => total + bytes, 0);
  return [
    ...[...expected].flatMap(([key, size]) => {
      if (!objects.has(key)) return [`row without object: ${key}`];
      return objects.get(key) === size ? [] : [`object of another size: ${key}`];
    }),
    ...[...objects.keys()].flatMap((key) => (expected.has(key) ? [] : [`object without row: ${key}`])),
    ...incoming.flatMap((since) =>
      now.getTime() - since.getTime() < HOUR_MS ? [] : [`temporary file since ${since.toISOString()}`],
    ),
    ...(usage.files === rows.length && usage.bytes === sum
      ? []
      : [`quota: ${usage.files} files of ${usage.bytes} bytes, but ${rows.length} rows of ${sum}`]),
  ];
}

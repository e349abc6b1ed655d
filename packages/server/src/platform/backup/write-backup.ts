import type { Writable } from 'node:stream';
import type { Database, Executor } from '../database/index.ts';
import { atOneMoment } from '../database/index.ts';
import { MissingObject, type Storage } from '../storage/index.ts';
import { type ArchiveOptions, type ArchiveWriter, ownFile, writeArchive } from './archive-writer.ts';
import { FORMAT, type Header, type Manifest, type Progress } from './format.ts';
import { copyOut, listTables, readHeader } from './snapshot-store.ts';
import { writeWhole } from './write-whole.ts';

/** The source of a backup. */
export interface BackupSource {
  database: Pick<Database, 'pool'>;
  storage: Pick<Storage, 'open'>;
  /** The keys of all objects that the rows of this snapshot need. */
  objectKeys(db: Executor): AsyncIterable<string>;
  /** Tables that are left out. */
  leaveOut: readonly string[];
  /** Small texts by name, stored with the data. */
  secrets: Readonly<Record<string, string>>;
  program: string;
}

const OBJECTS_PER_LINE = 1_000;

/**
 * Writes a snapshot of everything, while others continue to write. It is written to a temporary file, verified by
 * reading it to the end, and only then renamed.
 * @throws FileExists, and errors of the database, the storage and the disk
 */
export async function writeBackup(
  file: string,
  source: BackupSource,
  options: ArchiveOptions & { progress: Progress },
): Promise<Manifest> {
  return writeWhole(file, options, (unfinished) => writeBackupTo(() => ownFile(unfinished), source, options));
}

/**
 * Writes a snapshot of everything to a stream. Objects whose rows are deleted in the meantime are kept until it is
 * done.
 * @param open opens the stream, after all checks have passed
 */
export async function writeBackupTo(
  open: () => Writable,
  source: BackupSource,
  options: ArchiveOptions & { progress: Progress },
): Promise<Manifest> {
  const { database, leaveOut, program } = source;
  return atOneMoment(database.pool, async (db, client) => {
    const tables = await listTables(db, leaveOut);
    const header: Header = { format: FORMAT, program, ...(await readHeader(db)), tables };
    let written: Manifest | undefined;
    await writeArchive(open(), options, async (archive) => {
      await archive.header(header);
      let rows = 0;
      for (const table of tables) {
        const copy = copyOut(client, table);
        const end = await archive.part(`table/${table.name}`, copy.content, copy.rows);
        rows += end.rows ?? 0;
        if (end.rows !== 0) options.progress(`${table.name}: ${end.rows} rows`);
      }
      const objects = await writeObjects(archive, source, db, options.progress);
      for (const [name, text] of Object.entries(source.secrets)) await archive.part(`secret/${name}`, textOf(text));
      const secrets = Object.keys(source.secrets).length;
      written = await archive.manifest({ tables: tables.length, rows, ...objects, secrets });
    });
    if (written === undefined) throw new Error('The backup was not written.');
    return written;
  });
}

async function writeObjects(
  archive: ArchiveWriter,
  { objectKeys, storage }: BackupSource,
  db: Executor,
  progress: Progress,
): Promise<{ objects: number; missingObjects: number }> {
  let [objects, missingObjects] = [0, 0];
  for await (const key of objectKeys(db)) {
    try {
      await archive.part(`object/${key}`, await storage.open(key));
      objects += 1;
      if (objects % OBJECTS_PER_LINE === 0) progress(`${objects} objects`);
    } catch (error) {
      if (!(error instanceof MissingObject)) throw error;
      missingObjects += 1;
    }
  }
  return { objects, missingObjects };
}

async function* textOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

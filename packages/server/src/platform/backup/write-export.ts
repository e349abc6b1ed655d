import type { Executor } from '../database/index.ts';
import { MissingObject, type Storage } from '../storage/index.ts';
import { type ArchiveOptions, type ArchiveWriter, ownFile, writeArchive } from './archive-writer.ts';
import { FORMAT, type Header, type Manifest, type Progress } from './format.ts';
import { readHeader } from './snapshot-store.ts';
import { writeWhole } from './write-whole.ts';

/** Items of one kind, one JSON value each. */
export interface ExportedPart {
  name: string;
  values: AsyncIterable<object>;
}

/** The source of an export. */
export interface ExportSource {
  db: Executor;
  program: string;
  parts: readonly ExportedPart[];
  /** The keys of its objects; called after all parts have been read. */
  objectKeys(): Iterable<string>;
  storage: Pick<Storage, 'open'>;
}

/**
 * Writes a part of an instance, as JSON, into an archive in the format of backups. It contains nothing else.
 * @throws FileExists, and errors of the source and the disk
 */
export function writeExport(
  file: string,
  source: ExportSource,
  options: ArchiveOptions & { progress: Progress },
): Promise<Manifest> {
  return writeWhole(file, options, (unfinished) => writeAll(unfinished, source, options));
}

async function writeAll(
  file: string,
  source: ExportSource,
  options: ArchiveOptions & { progress: Progress },
): Promise<Manifest> {
  const { migrations, position, takenAt } = await readHeader(source.db);
  const header: Header = {
    format: FORMAT,
    holds: 'export',
    program: source.program,
    takenAt,
    migrations,
    queueVersions: [],
    tables: source.parts.map(({ name }) => ({ name, columns: ['value'] })),
    sequences: [],
    position: { epoch: position.epoch, streams: 0, events: 0 },
  };
  let written: Manifest | undefined;
  await writeArchive(ownFile(file), options, async (archive) => {
    await archive.header(header);
    let rows = 0;
    for (const part of source.parts) {
      const count = await writePart(archive, part);
      options.progress(`${part.name}: ${count}`);
      rows += count;
    }
    const objects = await writeObjects(archive, source);
    written = await archive.manifest({ tables: source.parts.length, rows, ...objects, secrets: 0 });
  });
  if (written === undefined) throw new Error('The export was not written.');
  return written;
}

async function writePart(archive: ArchiveWriter, { name, values }: ExportedPart): Promise<number> {
  let rows = 0;
  async function* lines() {
    for await (const value of values) {
      rows += 1;
      yield Buffer.from(`${JSON.stringify(value)}\n`);
    }
  }
  await archive.part(`rows/${name}`, lines(), () => rows);
  return rows;
}

async function writeObjects(archive: ArchiveWriter, { objectKeys, storage }: ExportSource) {
  let objects = 0;
  let missingObjects = 0;
  for (const key of objectKeys()) {
    try {
      await archive.part(`object/${key}`, await storage.open(key));
      objects += 1;
    } catch (error) {
      if (!(error instanceof MissingObject)) throw error;
      missingObjects += 1;
    }
  }
  return { objects, missingObjects };
}

import { pipeline, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Entry, open, type ZipFile } from 'yauzl';
import { BadExport } from '../rows/neutral.ts';
import { atMost } from './bounded.ts';

/** The directory of the archive is in memory. */
const MOST_ENTRIES = 500_000;

/** An archive that is read by name. Its names are never used as paths. */
export interface ZipArchive {
  /** The names of its files, in order, in Unicode's composed form. */
  names: readonly string[];
  has(name: string): boolean;
  /** Opens a file. The stream fails with BadExport if the file has more than so many bytes. */
  open(name: string, mostBytes: number): Promise<Readable>;
  /** Reads the JSON in a file. Throws BadExport if it is not JSON or too large. */
  json(name: string, mostBytes: number): Promise<unknown>;
  close(): void;
}

/** Opens an archive; reads only its directory. Throws BadExport if the file is not an archive. */
export async function openZip(file: string): Promise<ZipArchive> {
  const archive = await openFile(file);
  try {
    const entries = await readEntries(archive);
    return access(archive, entries);
  } catch (error) {
    archive.close();
    throw error;
  }
}

function openFile(file: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // Names are decoded here: one with a path outside must not stop the rest, since none is used as a path.
    open(file, { lazyEntries: true, autoClose: false, decodeStrings: false }, (error, archive) => {
      if (error === null) resolve(archive);
      else if ('code' in error) reject(error);
      else reject(new BadExport(`It is no zip archive: ${error.message}`));
    });
  });
}

function readEntries(archive: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    if (archive.entryCount > MOST_ENTRIES) {
      reject(new BadExport(`The archive has more than ${MOST_ENTRIES} files.`));
      return;
    }
    archive.on('entry', (entry: Entry) => {
      const name = nameOf(entry.fileName as unknown as Buffer);
      if (!name.endsWith('/')) entries.set(name, entry);
      archive.readEntry();
    });
    archive.once('error', (error: Error) => reject(new BadExport(`The archive is damaged: ${error.message}`)));
    archive.once('end', () => resolve(entries));
    archive.readEntry();
  });
}

/** Names are decoded as UTF-8, whether flagged so or not; invalid UTF-8 is decoded byte by byte. */
function nameOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC');
  } catch {
    return bytes.toString('latin1');
  }
}

function access(archive: ZipFile, entries: ReadonlyMap<string, Entry>): ZipArchive {
  const openEntry = (name: string, mostBytes: number) =>
    new Promise<Readable>((resolve, reject) => {
      const entry = entries.get(name);
      if (entry === undefined) return reject(new BadExport(`${name} is not in the archive`));
      if (entry.uncompressedSize > mostBytes) return reject(new BadExport(`${name} has more than ${mostBytes} bytes`));
      archive.openReadStream(entry, (error, content) => {
        if (error !== null) return reject(new BadExport(`${name} is damaged: ${error.message}`));
        resolve(pipeline(content, atMost(mostBytes, name), () => undefined));
      });
    });
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    open: openEntry,
    async json(name, mostBytes) {
      const content = await openEntry(name, mostBytes);
      const bytes = await buffer(content).catch((error: Error) => {
        throw error instanceof BadExport ? error : new BadExport(`${name} is damaged: ${error.message}`);
      });
      return parseJson(bytes.toString(), name);
    },
    close: () => archive.close(),
  };
}

/** @throws BadExport */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new BadExport(`${what} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

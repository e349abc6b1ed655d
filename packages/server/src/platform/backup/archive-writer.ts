import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGzip } from 'node:zlib';
import { Encrypter } from 'age-encryption';
import { pack as createPack, type Pack } from 'tar-stream';
import { END, HEADER, type Header, MANIFEST, type Manifest, type PartEnd, PIECE_BYTES } from './format.ts';

/** Writes the parts of a backup in sequence. Each is split into pieces, because its size is not known in advance. */
export interface ArchiveWriter {
  header(header: Header): Promise<void>;
  /** @param rows returns the number of rows, once all were read */
  part(name: string, content: AsyncIterable<Uint8Array>, rows?: () => number): Promise<PartEnd>;
  manifest(manifest: Omit<Manifest, 'sha256' | 'bytes'>): Promise<Manifest>;
}

export interface ArchiveOptions {
  /** Without a passphrase the backup is not encrypted. */
  passphrase: string | undefined;
  /** The work factor of the passphrase, as a power of two; defaults to that of age. */
  workFactor?: number | undefined;
  /** Aborts, without leaving anything behind. */
  signal?: AbortSignal | undefined;
}

/** Prefers speed: most bytes are files, which are already compressed. */
const GZIP_LEVEL = 1;

/** A new file with access only for its owner, flushed to disk at the end. */
export function ownFile(file: string): Writable {
  return createWriteStream(file, { mode: 0o600, flush: true });
}

/**
 * Writes a compressed tar archive, encrypted in the format of age. Only a few pieces are held in memory.
 * @param target is ended, or destroyed if the archive cannot be completed
 */
export async function writeArchive(
  target: Writable,
  { passphrase, signal, workFactor }: ArchiveOptions,
  write: (archive: ArchiveWriter) => Promise<void>,
): Promise<void> {
  const pack = createPack();
  const compressed = createGzip({ level: GZIP_LEVEL });
  const content = passphrase === undefined ? compressed : await encrypted(compressed, passphrase, workFactor);
  const compressing = pipeline(Readable.from(pack), compressed);
  const storing = signal === undefined ? pipeline(content, target) : pipeline(content, target, { signal });
  // A full disk aborts everything, including pending reads.
  storing.catch((error: Error) => pack.destroy(error));
  const writing = write(archiveWriter(pack)).then(
    () => pack.finalize(),
    (error: Error) => {
      pack.destroy(error);
      throw error;
    },
  );
  const outcomes = await Promise.allSettled([storing, writing, compressing]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function encrypted(content: Readable, passphrase: string, workFactor: number | undefined): Promise<Readable> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  if (workFactor !== undefined) encrypter.setScryptWorkFactor(workFactor);
  const source = Readable.toWeb(content) as unknown as globalThis.ReadableStream<Uint8Array>;
  return Readable.fromWeb((await encrypter.encrypt(source)) as unknown as ReadableStream);
}

function archiveWriter(pack: Pack): ArchiveWriter {
  const ends = createHash('sha256');
  let bytes = 0;
  const add = (name: string, content: Buffer) =>
    new Promise<void>((resolve, reject) => {
      const done = (error?: Error | null) => {
        pack.off('close', ended);
        if (error) reject(error);
        else resolve();
      };
      // An archive that has ended calls no more callbacks.
      const ended = () => done(new Error('The backup could not be written.'));
      pack.once('close', ended);
      pack.entry({ name, size: content.length, mode: 0o600 }, content, done);
    });
  const addJson = async (name: string, value: unknown) => {
    const content = Buffer.from(JSON.stringify(value));
    ends.update(`${name}\n${content.length}\n`).update(content);
    await add(name, content);
  };
  return {
    header: (header) => addJson(HEADER, header),

    async part(name, content, rows) {
      const hash = createHash('sha256');
      let partBytes = 0;
      let at = 0;
      for await (const piece of piecesOf(content)) {
        hash.update(piece);
        partBytes += piece.length;
        at += 1;
        await add(`${name}/${String(at).padStart(8, '0')}`, piece);
      }
      bytes += partBytes;
      const end: PartEnd = { bytes: partBytes, sha256: hash.digest('hex'), rows: rows?.() ?? null };
      await addJson(`${name}/${END}`, end);
      return end;
    },

    async manifest(totals) {
      const whole = { ...totals, bytes, sha256: ends.copy().digest('hex') };
      await addJson(MANIFEST, whole);
      return whole;
    },
  };
}

/** Combines small chunks, and splits large ones. */
async function* piecesOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const bit of content) {
    held.push(bit);
    size += bit.length;
    if (size < PIECE_BYTES) continue;
    const all = Buffer.concat(held);
    let from = 0;
    for (; all.length - from >= PIECE_BYTES; from += PIECE_BYTES) yield all.subarray(from, from + PIECE_BYTES);
    held = from < all.length ? [all.subarray(from)] : [];
    size = all.length - from;
  }
  if (size > 0) yield Buffer.concat(held);
}

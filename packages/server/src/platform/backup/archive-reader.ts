import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { Decrypter } from 'age-encryption';
import { extract as createExtract } from 'tar-stream';
import type { z } from 'zod';
import {
  BadBackup,
  END,
  HEADER,
  type Header,
  header,
  MANIFEST,
  type Manifest,
  manifest,
  type PartEnd,
  PIECE_BYTES,
  partEnd,
} from './format.ts';

/** Receives one part. */
export interface PartSink {
  write(piece: Buffer): Promise<void> | void;
  end(end: PartEnd): Promise<void> | void;
}

/** The path of a backup, or a function that opens its content from the start. */
export type BackupFile = string | (() => Promise<Readable>);

/**
 * Handles the parts of a backup while it is read. Each part is verified before its end is reported, the whole at the
 * end.
 */
export interface BackupVisitor {
  header?(header: Header): Promise<void> | void;
  /** Undefined: the part is only verified. */
  part?(name: string): Promise<PartSink | undefined> | PartSink | undefined;
}

const AGE = 'age-encryption.org/v1\n';
const GZIP = Buffer.from([0x1f, 0x8b]);
/** The list of tables is its largest text. */
const MOST_JSON_BYTES = 16 << 20;

/**
 * Reads a backup from beginning to end.
 * @throws BadBackup for a damaged backup, and the errors of the visitor
 */
export async function readArchive(
  file: BackupFile,
  passphrase: string | undefined,
  visitor: BackupVisitor,
): Promise<{ header: Header; manifest: Manifest }> {
  const ends = createHash('sha256');
  let head: Header | undefined;
  let last: Manifest | undefined;
  let part: OpenPart | undefined;
  for await (const { name, content } of entriesOf(file, passphrase)) {
    if (last !== undefined) throw damaged('something follows its end');
    if (name === MANIFEST) {
      last = parse(manifest, content);
      if (part !== undefined || last.sha256 !== ends.digest('hex'))
        throw damaged('its parts are not those it ends with');
      continue;
    }
    const { folder, piece } = split(name);
    if (name === HEADER || piece === END) ends.update(`${name}\n${content.length}\n`).update(content);
    if (name === HEADER) {
      head = readHeader(content);
      await visitor.header?.(head);
      continue;
    }
    if (head === undefined) throw damaged('it does not begin as backups do');
    if (part !== undefined && part.name !== folder) throw damaged(`${part.name} is not complete`);
    part ??= { name: folder, hash: createHash('sha256'), bytes: 0, lines: 0, sink: await visitor.part?.(folder) };
    if (piece === END) {
      await endPart(part, parse(partEnd, content));
      part = undefined;
    } else {
      part.hash.update(content);
      part.bytes += content.length;
      part.lines += linesIn(content);
      await part.sink?.write(content);
    }
  }
  if (head === undefined || last === undefined) throw damaged('its end is missing');
  return { header: head, manifest: last };
}

interface OpenPart {
  name: string;
  hash: ReturnType<typeof createHash>;
  bytes: number;
  lines: number;
  sink: PartSink | undefined;
}

async function endPart({ name, hash, bytes, lines, sink }: OpenPart, end: PartEnd): Promise<void> {
  const isWhole = end.bytes === bytes && end.sha256 === hash.digest('hex') && (end.rows === null || end.rows === lines);
  if (!isWhole) throw damaged(`${name} is not what was written`);
  await sink?.end(end);
}

/** COPY writes one line per row, and escapes line breaks in values. */
function linesIn(content: Buffer): number {
  let lines = 0;
  for (let at = content.indexOf(10); at !== -1; at = content.indexOf(10, at + 1)) lines += 1;
  return lines;
}

function split(name: string): { folder: string; piece: string } {
  const at = name.lastIndexOf('/');
  return { folder: name.slice(0, Math.max(0, at)), piece: name.slice(at + 1) };
}

/** Every file of the archive with its content. Errors in between are reported by the file. */
async function* entriesOf(
  file: BackupFile,
  passphrase: string | undefined,
): AsyncGenerator<{ name: string; content: Buffer }> {
  const extract = createExtract();
  const reading = pipeline(await contentOf(file, passphrase), createGunzip(), extract);
  // The loop also throws it, unless it has already ended.
  reading.catch(() => undefined);
  try {
    for await (const entry of extract) {
      const { name, size = 0 } = entry.header;
      if (size > (name.endsWith('.json') ? MOST_JSON_BYTES : PIECE_BYTES)) throw damaged(`${name} is too large`);
      yield { name, content: await buffer(entry) };
    }
    await reading;
  } catch (error) {
    throw error instanceof BadBackup ? error : damaged(error instanceof Error ? error.message : String(error));
  } finally {
    extract.destroy();
    await reading.catch(() => undefined);
  }
}

async function contentOf(file: BackupFile, passphrase: string | undefined): Promise<Readable> {
  const { start, whole } = await peek(typeof file === 'string' ? await opened(file) : await file());
  if (!start.equals(Buffer.from(AGE))) {
    if (start.subarray(0, 2).equals(GZIP)) return whole;
    whole.destroy();
    throw new BadBackup(start.length === 0 ? 'The file is empty.' : 'The file is not a backup.');
  }
  try {
    if (passphrase === undefined) throw new BadBackup('The backup is encrypted, and no passphrase is given.');
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    const encrypted = Readable.toWeb(whole) as unknown as globalThis.ReadableStream<Uint8Array>;
    return Readable.fromWeb((await decrypter.decrypt(encrypted)) as unknown as ReadableStream);
  } catch (error) {
    whole.destroy();
    if (error instanceof BadBackup) throw error;
    throw new BadBackup('The passphrase does not open the backup, or its first lines are damaged.', { cause: error });
  }
}

async function opened(file: string): Promise<Readable> {
  return (await open(file, 'r')).createReadStream();
}

/** The first bytes, and a stream that begins with them. */
async function peek(content: Readable): Promise<{ start: Buffer; whole: Readable }> {
  const chunks = content.iterator() as AsyncIterableIterator<Buffer>;
  const first: Buffer[] = [];
  let size = 0;
  while (size < AGE.length) {
    const { done, value } = await chunks.next();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  const beginning = Buffer.concat(first);
  async function* all() {
    yield beginning;
    yield* chunks;
  }
  return { start: beginning.subarray(0, AGE.length), whole: Readable.from(all(), { objectMode: false }) };
}

function readHeader(content: Buffer): Header {
  const found = parseJson(content) as { format?: unknown };
  const parsed = header.safeParse(found);
  if (parsed.success) return parsed.data;
  if (typeof found?.format !== 'number') throw damaged('its first piece cannot be read');
  throw new BadBackup(`The backup has format ${found.format}, which this version does not know.`);
}

function parse<Schema extends z.ZodType>(schema: Schema, content: Buffer): z.output<Schema> {
  const parsed = schema.safeParse(parseJson(content));
  if (!parsed.success) throw damaged('a piece cannot be read');
  return parsed.data;
}

function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    throw damaged('a piece is no JSON');
  }
}

const damaged = (what: string) => new BadBackup(`The backup is damaged or cut off: ${what}.`);

import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sizes } from '@atrium/protocol';
import type { IncomingFile } from '../../../platform/module/index.ts';
import { atMost } from '../reading/bounded.ts';
import type { FileOfRow } from '../rows/neutral.ts';

/** A file of a row, on disk, so that no transaction waits for its source. */
export interface FetchedFile {
  name: string;
  /** Its index among the files of the row, from 0. */
  position: number;
  sent(): AsyncIterable<IncomingFile>;
}

/** The fetched files of a row, and why the others failed. */
export interface Fetched {
  files: FetchedFile[];
  notes: string[];
}

/** Fetches files into a temporary directory, which is deleted when `work` is done. */
export async function withFiles<Result>(
  rows: readonly { files: readonly FileOfRow[] }[],
  work: (fetched: Fetched[]) => Promise<Result>,
): Promise<Result> {
  if (rows.every(({ files }) => files.length === 0)) return work(rows.map(() => ({ files: [], notes: [] })));
  const directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-import-'));
  try {
    const fetched: Fetched[] = [];
    for (const [at, { files }] of rows.entries()) fetched.push(await fetchAll(directory, at, files));
    return await work(fetched);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function fetchAll(directory: string, at: number, files: readonly FileOfRow[]): Promise<Fetched> {
  const fetched: Fetched = { files: [], notes: [] };
  for (const [number, { name, type, open }] of files.entries()) {
    if (number >= sizes.files) {
      fetched.notes.push(`the file ${name} is left out: a message has at most ${sizes.files}`);
      continue;
    }
    const place = path.join(directory, `${at}-${number}`);
    try {
      await pipeline(await open(), atMost(sizes.file, name), createWriteStream(place, { mode: 0o600 }));
      const sent = async function* () {
        yield { name, type, content: createReadStream(place) };
      };
      fetched.files.push({ name, position: number, sent });
    } catch (error) {
      fetched.notes.push(`the file ${name} is left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return fetched;
}

/** A text as a file. */
export function textFile(name: string, text: string): FetchedFile {
  const sent = async function* () {
    yield { name, type: 'text/plain', content: Readable.from([Buffer.from(text)]) };
  };
  return { name, position: 0, sent };
}

import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sizes } from '@atrium/protocol';
import { type IncomingFile, problem } from '../../../platform/module/index.ts';
import { type AcceptedType, claimedType, extensionOf } from './file-type.ts';
import { filenameFault } from './filename.ts';

/** A file that has arrived, and claims a type. */
export interface ReceivedFile {
  filename: string;
  claimed: AcceptedType;
  /** Where its bytes are for now. */
  path: string;
  bytes: number;
}

/** Formats of pictures that people send and that cannot be read. */
const UNREADABLE = new Set(['heic', 'heif']);

/**
 * Receives the files of a body, one after the other, into a directory. What is refused by its name is not written.
 * @param written told of each path before anything is written there
 * @throws `bad_type`, `payload_too_large`, and `invalid_input` for a body without files
 */
export async function receiveFiles(
  files: AsyncIterable<IncomingFile>,
  directory: string,
  written: (path: string) => void,
): Promise<ReceivedFile[]> {
  const received: ReceivedFile[] = [];
  for await (const file of files) {
    if (received.length === sizes.files) throw problem('payload_too_large', `At most ${sizes.files} files`);
    const claimed = claimOf(file);
    const target = path.join(directory, randomUUID());
    written(target);
    received.push({ filename: file.name, claimed, path: target, bytes: await write(file.content, file.name, target) });
  }
  if (received.length > 0) return received;
  throw problem('invalid_input', { errors: [{ path: 'file', code: 'missing', message: 'send at least one file' }] });
}

function claimOf({ name, type }: IncomingFile): AcceptedType {
  const fault = filenameFault(name);
  if (fault !== undefined) throw problem('bad_type', fault);
  const claimed = claimedType(name, type);
  if (claimed !== undefined) return claimed;
  if (UNREADABLE.has(extensionOf(name))) {
    throw problem('bad_type', `${name}: HEIC pictures cannot be read. Send it as JPEG.`);
  }
  throw problem('bad_type', `${name}: this type is not accepted, or not the one that was declared.`);
}

async function write(content: Readable, name: string, target: string): Promise<number> {
  let bytes = 0;
  await pipeline(
    content,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > sizes.file) throw problem('payload_too_large', `${name}: at most ${sizes.file} bytes`);
        yield chunk;
      }
    },
    createWriteStream(target, { flags: 'wx', mode: 0o600 }),
  );
  return bytes;
}

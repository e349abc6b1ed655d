import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { makeIncoming } from './incoming.ts';
import { type ByteRange, isKey, type ListedObject, MissingObject, mustBeKey, type Storage } from './storage.ts';

const FOLDER_NAME = /^[\da-f]{2}$/;

/** Objects are files below `directory`, in 256 folders by the last two digits of their id. */
export async function createDiskStorage(directory: string): Promise<Storage> {
  // Below the same directory, so that a file is renamed to its final name and never copied.
  const incoming = await makeIncoming(path.join(directory, 'incoming'));

  const folderOf = (key: string) => path.join(directory, key.slice(34, 36));
  const placeOf = (key: string) => {
    mustBeKey(key);
    return path.join(folderOf(key), key);
  };

  return {
    incoming,

    async put(key, file) {
      const place = placeOf(key);
      await sync(file);
      if ((await mkdir(folderOf(key), { recursive: true, mode: 0o700 })) !== undefined) await sync(directory);
      await rename(file, place);
      await sync(folderOf(key));
    },

    async open(key, range) {
      return streamOf(await openFile(placeOf(key)), range);
    },

    async delete(key) {
      await rm(placeOf(key), { force: true });
    },

    async *list() {
      for (const folder of await readdir(directory)) {
        if (FOLDER_NAME.test(folder)) yield* listFolder(path.join(directory, folder));
      }
    },

    async probe() {
      const file = path.join(incoming, `probe-${randomUUID()}`);
      await writeFile(file, '');
      await rm(file, { force: true });
    },
  };
}

async function* listFolder(folder: string): AsyncIterable<ListedObject> {
  for (const key of await readdir(folder)) {
    if (!isKey(key)) continue;
    const found = await lstat(path.join(folder, key)).catch(() => undefined);
    if (found?.isFile()) yield { key, modifiedAt: found.mtime };
  }
}

/** Follows no link: an object is a plain file. */
async function openFile(place: string): Promise<FileHandle> {
  try {
    return await open(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ELOOP', 'ENOTDIR'].includes(code)) throw new MissingObject();
    throw error;
  }
}

function streamOf(handle: FileHandle, range: ByteRange | undefined): Readable {
  return handle.createReadStream({ ...range, autoClose: true });
}

/** Flushes a file or a directory. Directories cannot be flushed on Windows, and need not be. */
async function sync(place: string): Promise<void> {
  const handle = await open(place, process.platform === 'win32' ? 'r+' : 'r').catch((error: NodeJS.ErrnoException) => {
    if (process.platform === 'win32' && ['EISDIR', 'EPERM'].includes(error.code ?? '')) return undefined;
    throw error;
  });
  await handle?.sync().finally(() => handle.close());
}

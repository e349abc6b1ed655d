import { lstat, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { MissingObject } from '../storage/index.ts';
import { type BackupDestination, mustBeBackupName, newestFirst, type StoredBackup, takenAtOf } from './destination.ts';
import { writeBackup } from './write-backup.ts';

/** Older temporary files are from a killed process; no backup takes longer. */
const ABANDONED_MS = 2 * 86_400_000;
const UNFINISHED = '.unfinished';

/** Stores backups as files of a directory, which is created if missing. */
export function diskDestination(directory: string): BackupDestination {
  const pathOf = (name: string) => {
    mustBeBackupName(name);
    return path.join(directory, name);
  };
  return {
    label: directory,

    async store(name, source, options) {
      const file = pathOf(name);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await removeUnfinished(directory, name);
      const manifest = await writeBackup(file, source, options);
      return { manifest, bytes: (await stat(file)).size };
    },

    async list() {
      const found: StoredBackup[] = [];
      for (const name of await readdir(directory).catch(nothingWhereMissing)) {
        const takenAt = takenAtOf(name);
        const file = takenAt && (await lstat(path.join(directory, name)).catch(() => undefined));
        if (takenAt && file?.isFile()) found.push({ name, takenAt, bytes: file.size });
      }
      return newestFirst(found);
    },

    async open(name) {
      const handle = await open(pathOf(name), 'r').catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? new MissingObject() : error;
      });
      return handle.createReadStream();
    },

    async delete(name) {
      await rm(pathOf(name), { force: true });
    },
  };
}

/** Before the first backup there is no directory. */
function nothingWhereMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** @param next the backup being taken */
async function removeUnfinished(directory: string, next: string): Promise<void> {
  const before = (takenAtOf(next)?.getTime() ?? 0) - ABANDONED_MS;
  for (const name of await readdir(directory)) {
    const begun = name.endsWith(UNFINISHED) ? takenAtOf(name.slice(0, -UNFINISHED.length)) : undefined;
    if (begun !== undefined && begun.getTime() < before) await rm(path.join(directory, name), { force: true });
  }
}

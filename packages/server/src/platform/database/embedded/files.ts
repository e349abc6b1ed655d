import {
  chmod,
  chown,
  copyFile,
  lchown,
  lstat,
  mkdir,
  open,
  readdir,
  readlink,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import path from 'node:path';
import type { Account } from './run.ts';

/** Makes a rename or a new file in `directory` survive a power loss. Impossible, and unnecessary, on Windows. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Writes a small file atomically, even if the machine stops. One writer at a time. */
export async function writeFileAtomically(file: string, content: string, mode: number): Promise<void> {
  const temporary = `${file}.tmp`;
  const handle = await open(temporary, 'w', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  await syncDirectory(path.dirname(file));
}

/**
 * Creates one directory (its parent must exist) owned by `owner`; leaves an existing one unchanged.
 * @returns whether it is new
 */
export async function makeDirectory(directory: string, mode: number, owner?: Account): Promise<boolean> {
  try {
    await mkdir(directory, { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  // The umask of the process may have removed permissions.
  await chmod(directory, mode);
  if (owner !== undefined) await chown(directory, owner.uid, owner.gid);
  return true;
}

/** Removes a tree to which a terminating process may still be writing. */
export async function removeTree(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

/** Changes the owner of a whole tree; of links, the link itself. The root comes last, as a sign that all is done. */
export async function chownTree(directory: string, owner: Account): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const full = path.join(directory, entry.name);
    if (entry.isDirectory()) await chownTree(full, owner);
    else await lchown(full, owner.uid, owner.gid);
  }
  await lchown(directory, owner.uid, owner.gid);
}

/** Copies a tree so that every user can read it: directories 0755, files 0644 or 0755; links are kept. */
export async function copyTreeReadable(from: string, to: string): Promise<void> {
  await makeDirectory(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    if (entry.isDirectory()) await copyTreeReadable(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else {
      await copyFile(source, target);
      await chmod(target, (await lstat(source)).mode & 0o100 ? 0o755 : 0o644);
    }
  }
}

/** Whether every file of `from` exists in `to` with the same size, and every link has the same target. */
export async function isSameTree(from: string, to: string): Promise<boolean> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    const found = await lstat(target).catch(() => undefined);
    if (found === undefined) return false;
    if (entry.isDirectory()) {
      if (!found.isDirectory() || !(await isSameTree(source, target))) return false;
    } else if (entry.isSymbolicLink()) {
      if (!found.isSymbolicLink() || (await readlink(source)) !== (await readlink(target))) return false;
    } else if (!found.isFile() || found.size !== (await lstat(source)).size) return false;
  }
  return true;
}

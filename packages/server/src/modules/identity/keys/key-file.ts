import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type IdentitySecrets, parseSecrets } from './secrets.ts';

const FILE = 'identity.json';

/**
 * Reads the feature's secrets from `directory`. Throws for a damaged or unreadable file: it is never replaced silently.
 */
export async function readSecrets(directory: string): Promise<IdentitySecrets | undefined> {
  const file = path.join(directory, FILE);
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
  const parsed = parseSecrets(content);
  // The error includes neither the content nor the parse error, since both are secret.
  if (parsed === undefined) throw new Error(`${file} is damaged. Restore it, or move it away to sign everybody out.`);
  return parsed;
}

/** Stores secrets for the first time. Returns false if another process was faster: then its file is used. */
export async function createSecrets(directory: string, content: IdentitySecrets): Promise<boolean> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  const temporary = await writeTemporary(directory, content);
  try {
    // Unlike a rename, a link never replaces a file.
    await link(temporary, path.join(directory, FILE));
    return true;
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Replaces the file atomically: after a crash it is either the old one or the new one. */
export async function replaceSecrets(directory: string, content: IdentitySecrets): Promise<void> {
  const temporary = await writeTemporary(directory, content);
  await rename(temporary, path.join(directory, FILE));
}

async function writeTemporary(directory: string, content: IdentitySecrets): Promise<string> {
  const temporary = path.join(directory, `${FILE}.${randomBytes(8).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return temporary;
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

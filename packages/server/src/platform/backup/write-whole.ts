import { access, link, rm } from 'node:fs/promises';
import { BadBackup, type Manifest, type Progress } from './format.ts';
import { checkBackup } from './restore-backup.ts';

/** The file to be written exists already. */
export class FileExists extends Error {
  override readonly name = 'FileExists';
}

/**
 * Writes a temporary file, verifies it by reading it to the end, and only then renames it. No file is replaced.
 * @throws FileExists, and errors of `write`
 */
export async function writeWhole(
  file: string,
  { passphrase, progress }: { passphrase: string | undefined; progress: Progress },
  write: (unfinished: string) => Promise<Manifest>,
): Promise<Manifest> {
  if (await exists(file)) throw new FileExists(`${file} exists already.`);
  const unfinished = `${file}.unfinished`;
  try {
    const written = await write(unfinished);
    progress('Reading the file again');
    const { manifest } = await checkBackup(unfinished, passphrase);
    if (manifest.sha256 !== written.sha256) throw new BadBackup('What was read again is not what was written.');
    // Unlike a rename, a link never replaces a file.
    await link(unfinished, file);
    return written;
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

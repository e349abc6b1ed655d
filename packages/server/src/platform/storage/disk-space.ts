import { statfs } from 'node:fs/promises';

/** The size of the disk of a directory, and how much of it is used. */
export async function diskSpace(directory: string): Promise<{ bytes: number; usedBytes: number }> {
  const { bfree, blocks, bsize } = await statfs(directory);
  return { bytes: blocks * bsize, usedBytes: (blocks - bfree) * bsize };
}

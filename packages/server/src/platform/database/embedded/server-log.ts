import { copyFile, open, stat, truncate } from 'node:fs/promises';
import type { Account } from './run.ts';

const MAX_BYTES = 5 * 1024 * 1024;
const TAIL_BYTES = 4 * 1024;
const TAIL_LINES = 8;

/** Creates the file to which the server writes. If we create it, its directory need not be writable to the server. */
export async function prepareLog(file: string, account?: Account): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    if (account !== undefined) await handle.chown(account.uid, account.gid);
  } finally {
    await handle.close();
  }
  await rotateLog(file);
}

/**
 * Keeps at most the current log and one older. The server appends to the open file, so the file is copied and truncated
 * in place; lines written in between are lost, which is acceptable for a log.
 */
export async function rotateLog(file: string): Promise<void> {
  const { size } = await stat(file);
  if (size <= MAX_BYTES) return;
  await copyFile(file, `${file}.1`);
  await truncate(file, 0);
}

/** The last lines of the server's log, for an error message. */
export async function tailLog(file: string): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, start);
    return buffer.toString('utf8', 0, bytesRead).trim().split('\n').slice(-TAIL_LINES).join('\n');
  } finally {
    await handle.close();
  }
}

import path from 'node:path';
import { parseS3Url } from '../storage/index.ts';
import type { BackupDestination } from './destination.ts';
import { diskDestination } from './disk-destination.ts';
import { s3Destination } from './s3-destination.ts';

/** Allowed prefixes: no characters that other programs interpret differently, and no path traversal. */
const PREFIX = /^([\w-][\w.-]*\/)*$/;

/**
 * Whether a value is a valid destination: an absolute directory, or
 * `https://KEY:SECRET@host/bucket?region=…&prefix=…/`.
 */
export function isBackupDestination(value: string): boolean {
  if (!/^https?:/.test(value)) return path.isAbsolute(value);
  return parseS3Url(value) !== undefined && PREFIX.test(prefixOf(value));
}

/** Opens the configured destination; see {@link isBackupDestination}. Does not connect yet. */
export function openBackupDestination(value: string): BackupDestination {
  const location = /^https?:/.test(value) ? parseS3Url(value) : undefined;
  return location === undefined ? diskDestination(value) : s3Destination(location, prefixOf(value));
}

function prefixOf(value: string): string {
  return new URL(value).searchParams.get('prefix') ?? '';
}

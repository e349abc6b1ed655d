import path from 'node:path';
import { parseS3Url } from '../storage/index.ts';
import type { BackupDestination } from './destination.ts';
import { diskDestination } from './disk-destination.ts';
import { s3Destination } from './s3-destination.ts';

/** Keys begin so: nothing that other programs read differently, and no way out. */
const PREFIX = /^([\w-][\w.-]*\/)*$/;

/** Whether a value names a destination: an absolute directory, or `https://KEY:SECRET@host/bucket?region=…&prefix=…/`. */
export function isBackupDestination(value: string): boolean {
  if (!/^https?:/.test(value)) return path.isAbsolute(value);
  return parseS3Url(value) !== undefined && PREFIX.test(prefixOf(value));
}

/** Opens the destination that the configuration names; see {@link isBackupDestination}. Nothing is asked of it yet. */
export function openBackupDestination(value: string): BackupDestination {
  const location = /^https?:/.test(value) ? parseS3Url(value) : undefined;
  return location === undefined ? diskDestination(value) : s3Destination(location, prefixOf(value));
}

function prefixOf(value: string): string {
  return new URL(value).searchParams.get('prefix') ?? '';
}

import path from 'node:path';
import { parseS3Url } from '../storage/index.ts';
import type { BackupPlace } from './backup-place.ts';
import { diskPlace } from './disk-place.ts';
import { s3Place } from './s3-place.ts';

/** Keys begin so: nothing that other programs read differently, and no way out. */
const PREFIX = /^([\w-][\w.-]*\/)*$/;

/** Whether a value names a place: an absolute directory, or `https://KEY:SECRET@host/bucket?region=…&prefix=…/`. */
export function isBackupPlace(value: string): boolean {
  if (!/^https?:/.test(value)) return path.isAbsolute(value);
  return parseS3Url(value) !== undefined && PREFIX.test(prefixOf(value));
}

/** Opens the place that the configuration names; see {@link isBackupPlace}. Nothing is asked of it yet. */
export function openBackupPlace(value: string): BackupPlace {
  const location = /^https?:/.test(value) ? parseS3Url(value) : undefined;
  return location === undefined ? diskPlace(value) : s3Place(location, prefixOf(value));
}

function prefixOf(value: string): string {
  return new URL(value).searchParams.get('prefix') ?? '';
}

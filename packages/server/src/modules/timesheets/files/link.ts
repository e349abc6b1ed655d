import { createHash } from 'node:crypto';

/** How long a link to a file is valid. */
export const LINK_MINUTES = 10;
export const LINK_PATH = '/timesheets/files/:token';

/** The stored hash of the secret in a link. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

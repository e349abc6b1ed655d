import type { LimitClass } from '../core/limits.ts';

export const fileLimits = {
  upload: { points: 10, seconds: 3_600, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;

export const fileSizes = {
  /** Files of one upload, and of one message. */
  files: 10,
  /** Bytes of one file. */
  file: 10 * 1024 * 1024,
  /** Files of one task. */
  taskFiles: 200,
  /** Files of one person that belong to no workspace: the picture of their profile, and what is not used yet. */
  ownFiles: 20,
  /** Characters of a file name. */
  filename: 255,
  /** Hours after which a file that was uploaded and used for nothing is removed. */
  unusedHours: 24,
  /** Minutes for which a link to a file is good. */
  linkMinutes: 5,
} as const;

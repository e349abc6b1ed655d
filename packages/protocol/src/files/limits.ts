import type { LimitClass } from '../core/limits.ts';

export const fileLimits = {
  upload: { points: 10, seconds: 3_600, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;

export const fileSizes = {
  /** Files per upload, and per message. */
  files: 10,
  /** Bytes per file. */
  file: 10 * 1024 * 1024,
  /** Files per task. */
  taskFiles: 200,
  /** Files of one person that belong to no workspace: the picture of their profile, and what is not used yet. */
  ownFiles: 20,
  /** Characters of a file name. */
  filename: 255,
  /** Characters of a text by which files are found. */
  searchedName: 100,
  /** Hours after which an unused upload is deleted. */
  unusedHours: 24,
  /** Minutes for which a link to a file is valid. */
  linkMinutes: 5,
} as const;

import type { Import, UseKind } from './source-file.ts';

/** A border: which imports or uses of a file it refuses, and what to do instead. */
export interface Rule {
  name: string;
  instead: string;
  refusesImport?: (wanted: Import, path: string) => boolean;
  refusesUse?: (kind: UseKind, path: string) => boolean;
}

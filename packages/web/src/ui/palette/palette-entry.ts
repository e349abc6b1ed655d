import type { ReactNode } from 'react';

/** One thing that can be found or done. */
export interface PaletteEntry {
  id: string;
  label: string;
  /** More about it, in the second place. */
  hint?: string | undefined;
  start: ReactNode;
  /** The keys that do the same. */
  keys?: string | undefined;
  run: () => void;
}

export interface PaletteGroup {
  title: string;
  items: readonly PaletteEntry[];
}

export interface PaletteProps {
  label: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  groups: readonly PaletteGroup[];
  /** Shown when nothing matches. */
  empty: string;
  /** What the keys do, at the foot. */
  foot: ReactNode;
  onRun: (entry: PaletteEntry) => void;
}

import type { ReactNode } from 'react';

/** An item that can be found or a command that can be run. */
export interface PaletteEntry {
  id: string;
  label: string;
  /** Further text, in second place. */
  hint?: string | undefined;
  start: ReactNode;
  /** The shortcut of the same command. */
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
  /** Shown if nothing matches. */
  empty: string;
  /** Hints about the keys, at the bottom. */
  foot: ReactNode;
  onRun: (entry: PaletteEntry) => void;
}

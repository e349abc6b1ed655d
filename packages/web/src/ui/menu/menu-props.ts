import type { MenuEntry } from './menu-entry.ts';

export interface MenuProps {
  /** Beside what it opens. */
  anchor: HTMLElement | null;
  /** Where the focus goes afterwards; the anchor unless given. */
  returnFocus?: HTMLElement | null;
  open: boolean;
  onClose: () => void;
  label: string;
  entries: readonly MenuEntry[];
  side?: 'top' | 'bottom' | 'right' | 'left' | undefined;
  align?: 'start' | 'end' | 'center' | undefined;
}

import type { MenuEntry } from './menu-entry.ts';

export interface MenuProps {
  /** The element that opens it. */
  anchor: HTMLElement | null;
  /** The element that gets the focus afterwards; the anchor unless given. */
  returnFocus?: HTMLElement | null;
  open: boolean;
  onClose: () => void;
  label: string;
  entries: readonly MenuEntry[];
  side?: 'top' | 'bottom' | 'right' | 'left' | undefined;
  align?: 'start' | 'end' | 'center' | undefined;
}

import type { IconType } from '../icons.ts';

/** One line of a menu. */
export type MenuEntry =
  | {
      label: string;
      icon?: IconType;
      /** The key that does the same. */
      keys?: string | undefined;
      danger?: boolean;
      /** Of a choice: whether it is the one. */
      checked?: boolean;
      disabledReason?: string | undefined;
      onSelect: () => void;
    }
  | { heading: string }
  | 'line';

/** Leaves out what does not apply, and lines that separate nothing. */
export function menuOf(...entries: (MenuEntry | false | undefined)[]): MenuEntry[] {
  const there = entries.filter((entry) => entry !== false && entry !== undefined);
  return there.filter((entry, at) => entry !== 'line' || (at > 0 && at < there.length - 1 && there[at - 1] !== 'line'));
}

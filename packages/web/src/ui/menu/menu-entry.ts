import type { IconType } from '../icons.ts';

/** One line of a menu. */
export type MenuEntry =
  | {
      label: string;
      icon?: IconType;
      /** The shortcut of the same action. */
      keys?: string | undefined;
      danger?: boolean;
      /** For a choice: whether it is selected. */
      checked?: boolean;
      disabledReason?: string | undefined;
      onSelect: () => void;
    }
  | { heading: string }
  | 'line';

/** Removes entries that do not apply, and unneeded separators. */
export function menuOf(...entries: (MenuEntry | false | undefined)[]): MenuEntry[] {
  const there = entries.filter((entry) => entry !== false && entry !== undefined);
  return there.filter((entry, at) => entry !== 'line' || (at > 0 && at < there.length - 1 && there[at - 1] !== 'line'));
}

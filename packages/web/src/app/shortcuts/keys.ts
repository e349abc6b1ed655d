import type { Shortcut, ShortcutId } from './table.ts';

/** The part of a keyboard event that is used. */
export interface KeyPress {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** Maximum time between the two keys of `g t`, in milliseconds. */
export const SEQUENCE_MS = 1_200;

/** A pressed key as written in the table. Shift is left out if it produces another character. */
export function written({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyPress): string {
  const isCharacter = [...key].length === 1;
  const name = isCharacter ? key.toLowerCase() : key;
  return [
    (ctrlKey || metaKey) && 'mod',
    altKey && 'alt',
    shiftKey && (!isCharacter || /^\p{L}$/u.test(key)) && 'shift',
    name,
  ]
    .filter(Boolean)
    .join('+');
}

/** True for shortcuts that are characters: they are off while typing. */
export const isSingleKey = (keys: string): boolean => !/mod\+|alt\+|F\d|Escape/.test(keys);

/**
 * The shortcut of a key.
 * @param before the first key of a sequence, if it was just pressed
 * @returns the shortcut, or that another key must follow
 */
export function meaning(
  shortcuts: readonly Shortcut[],
  pressed: string,
  before: string | undefined,
): ShortcutId | 'more' | undefined {
  const wanted = before === undefined ? pressed : `${before} ${pressed}`;
  const found = shortcuts.find(({ id, keys }) => id !== undefined && keys.includes(wanted));
  if (found) return found.id;
  const begins = shortcuts.some(
    ({ id, keys }) => id !== undefined && keys.some((each) => each.startsWith(`${pressed} `)),
  );
  return before === undefined && begins ? 'more' : undefined;
}

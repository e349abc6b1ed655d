import { useEffect, useState } from 'react';
import { emojiFromHexcode } from './emoji.ts';

/** Emoji by their names, such as `tada`. */
export type Shortcodes = ReadonlyMap<string, string>;

let loaded: Shortcodes | undefined;
let loading: Promise<Shortcodes> | undefined;

/** The names of all emoji; fetched when the first is needed. */
export function loadShortcodes(): Promise<Shortcodes> {
  loading ??= import('emojibase-data/en/shortcodes/github.json').then(({ default: codes }) => {
    const pairs = Object.entries(codes as Record<string, string | string[]>);
    loaded = new Map(
      pairs.flatMap(([hexcode, names]) => [names].flat().map((name) => [name, emojiFromHexcode(hexcode)] as const)),
    );
    return loaded;
  });
  return loading;
}

/** The same in a view: undefined until they are there. */
export function useShortcodes(wanted = true): Shortcodes | undefined {
  const [codes, setCodes] = useState(loaded);
  useEffect(() => {
    if (!wanted || codes) return;
    loadShortcodes().then(setCodes, () => undefined);
  }, [wanted, codes]);
  return codes;
}

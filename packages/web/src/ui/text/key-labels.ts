const SIGNS: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  Delete: '⌦',
  Enter: '↵',
  Escape: 'Esc',
  alt: 'Alt',
  shift: '⇧',
};

/** True on Apple's systems, where ⌘ is the command key. */
export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/**
 * The labels on the keyboard of the keys of a shortcut.
 * @param keys `mod+k` (`mod` is ⌘ on Apple's systems, Ctrl elsewhere), `g t` (one after the other) or `?`
 * @returns the labels in order: `⌘` and `K`, or `Ctrl` and `K`
 */
export function keyLabels(keys: string, isApple: boolean): string[] {
  const label = (key: string) =>
    key === 'mod' ? (isApple ? '⌘' : 'Ctrl') : (SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  return keys
    .split(' ')
    .flatMap((part) => (part === '+' ? ['+'] : part.split('+')))
    .map(label);
}

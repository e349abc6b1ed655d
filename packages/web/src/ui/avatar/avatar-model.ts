const GROUNDS = 8;

/** The background of `tokens.css` for an id, 1 to 8: always the same for the same id. */
export function groundOf(id: string): number {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return (hash % GROUNDS) + 1;
}

/** Whether letters are as wide as they are high, so that two of them need more room. */
export function isWide(letters: string): boolean {
  return /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(letters);
}

/** At most two letters for a name: of its first and its last word. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const letter = (word: string) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? '';
  return (letter(first) + letter(last)).toLocaleUpperCase();
}

import { createHash } from 'node:crypto';

/** Names something that has no id of its own by what it says. */
export function keyOf(...parts: readonly (string | number | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 27);
}

/** Numbers things that say the same, in their order. */
export class Occurrences {
  private readonly seen = new Map<string, number>();

  /** The key of a thing among those that say the same. */
  keyOf(...parts: readonly (string | number | undefined)[]): string {
    const key = keyOf(...parts);
    const count = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, count);
    return count === 1 ? key : `${key}-${count}`;
  }
}

import { createHash } from 'node:crypto';

/** Derives a key from the content of an item that has no id. */
export function keyOf(...parts: readonly (string | number | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 27);
}

/** Numbers items with the same content, in order. */
export class Occurrences {
  private readonly seen = new Map<string, number>();

  /** The key of an item among those with the same content. */
  keyOf(...parts: readonly (string | number | undefined)[]): string {
    const key = keyOf(...parts);
    const count = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, count);
    return count === 1 ? key : `${key}-${count}`;
  }
}

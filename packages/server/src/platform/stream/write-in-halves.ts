import { BLOCKED } from './group-commit.ts';

type Outcome<Result> = Result | Error | typeof BLOCKED;

/** Options of writing items together. */
export interface HalvesOptions<Item, Result> {
  keyOf(item: Item): string;
  /** Writes all of them or none. @returns per item, in order: its result, or BLOCKED */
  write(items: readonly Item[]): Promise<readonly Outcome<Result>[]>;
  /** Whether the error is caused by one item, and the others can be stored. */
  isOfOne(error: unknown): boolean;
}

/**
 * Writes items together. If one of them cannot be stored, it fails alone: halves are written until it is found, one
 * after the other. An item that is blocked in one half, for instance by a lock of the failed write, blocks the later
 * items of its key: they would overtake it.
 * @returns per item, in order: its result, its own error, or BLOCKED
 */
export async function writeInHalves<Item, Result>(
  items: readonly Item[],
  options: HalvesOptions<Item, Result>,
): Promise<Outcome<Result>[]> {
  const { keyOf, write, isOfOne } = options;
  try {
    return [...(await write(items))];
  } catch (error) {
    if (items.length === 1 || !isOfOne(error)) {
      // As results, not thrown: another half may be stored already.
      const failure = error instanceof Error ? error : new Error(String(error));
      return items.map(() => failure);
    }
    const middle = items.length >> 1;
    const before = await writeInHalves(items.slice(0, middle), options);
    const blocked = new Set(items.filter((_, at) => before[at] === BLOCKED).map(keyOf));
    const rest = items.slice(middle);
    const free = rest.filter((item) => !blocked.has(keyOf(item)));
    const after = free.length === 0 ? [] : await writeInHalves(free, options);
    const results = new Map<Item, Outcome<Result> | undefined>(free.map((item, at) => [item, after[at]]));
    return [...before, ...rest.map((item): Outcome<Result> => results.get(item) ?? BLOCKED)];
  }
}

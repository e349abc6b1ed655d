const FARTHEST = 2;
const MOST = 3;
const LONGEST = 32;

/** How many letters have to be put in, taken out, replaced or swapped with their neighbour to make one of the other. */
export function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let at = 1; at <= one.length; at++) {
    const row = [at];
    for (let to = 1; to <= other.length; to++) {
      const same = one[at - 1] === other[to - 1] ? 0 : 1;
      const swapped = at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      row.push(
        Math.min(
          (row[to - 1] ?? 0) + 1,
          (rows[at - 1]?.[to] ?? 0) + 1,
          (rows[at - 1]?.[to - 1] ?? 0) + same,
          swapped ? (rows[at - 2]?.[to - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(row);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}

/** The names that are spelt most alike, or begin like that; the nearest first. */
export function nearest(typed: string, names: readonly string[]): string[] {
  if (typed === '' || typed.length > LONGEST) return [];
  return names
    .map((name) => ({ name, far: name.startsWith(typed) ? 0 : distance(typed, name) }))
    .filter(({ far, name }) => far <= Math.min(FARTHEST, name.length - 1))
    .sort((one, other) => one.far - other.far || (one.name < other.name ? -1 : 1))
    .slice(0, MOST)
    .map(({ name }) => name);
}

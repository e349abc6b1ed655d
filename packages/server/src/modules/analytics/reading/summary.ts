/** What tasks without a category count as. */
export const UNCATEGORIZED = 'Uncategorized';
const WEEK = 7;

/** The date of a day since 1970-01-01. */
export function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** What was completed on each of the last days up to `today`. */
export function lastDays(byDay: ReadonlyMap<number, number>, today: number, count: number) {
  return Array.from({ length: count }, (_, at) => {
    const day = today - count + 1 + at;
    return { date: dateOf(day), completed: byDay.get(day) ?? 0 };
  });
}

/** What was completed in each of the last weeks up to the one that begins on `monday`. */
export function lastWeeks(byDay: ReadonlyMap<number, number>, monday: number, count: number) {
  return Array.from({ length: count }, (_, at) => {
    const first = monday - (count - 1 - at) * WEEK;
    const completed = lastDays(byDay, first + WEEK - 1, WEEK).reduce((sum, day) => sum + day.completed, 0);
    return { week: dateOf(first), completed };
  });
}

/** Tasks by category, the largest first; tasks without one count as "Uncategorized". */
export function categoriesOf(counts: readonly { category: string; count: number }[], total: number) {
  const sums = new Map<string, number>();
  for (const { category, count } of counts) {
    const name = category === '' ? UNCATEGORIZED : category;
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
  const largest = [...sums].sort(([, one], [, other]) => other - one);
  return largest.map(([category, count]) => ({ category, count, percent: count / total }));
}

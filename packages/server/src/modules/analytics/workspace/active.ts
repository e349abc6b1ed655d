/** On which days a person did something: a digit for each, 1 for those. */
export interface Activity {
  userId: string;
  days: string;
}

/** How many people did something on each of `count` days, and on any of them; each counts once. */
export function countActive(count: number, activities: readonly Activity[]): { byDay: number[]; all: number } {
  const people = new Map<string, boolean[]>();
  for (const { userId, days } of activities) {
    const known = people.get(userId) ?? Array<boolean>(count).fill(false);
    for (let at = days.indexOf('1'); at >= 0; at = days.indexOf('1', at + 1)) known[at] = true;
    people.set(userId, known);
  }
  const all = [...people.values()];
  return {
    byDay: Array.from({ length: count }, (_, at) => all.filter((days) => days[at]).length),
    all: all.filter((days) => days.includes(true)).length,
  };
}

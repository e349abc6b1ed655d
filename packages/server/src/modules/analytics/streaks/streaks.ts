/** Days as numbers: days since 1970-01-01. */
export interface StreakRules {
  /** Whether a streak goes on over a day without a completed task: a day off, a pause, a day that was skipped. */
  isFree(day: number): boolean;
}

/** Days in a row on which something was completed. */
export interface Streaks {
  active: number;
  longest: number;
}

/** True when a streak goes on from one day to a later one: every day between them is free. */
function connects(from: number, to: number, { isFree }: StreakRules): boolean {
  for (let day = from + 1; day < to; day += 1) if (!isFree(day)) return false;
  return true;
}

/**
 * The streaks of somebody. Only days with something completed count; free days between them do not break a streak. Today
 * is not over, so that a streak up to yesterday is active.
 * @param days on which something was completed, in order, each once
 */
export function streaksOf(days: readonly number[], today: number, rules: StreakRules): Streaks {
  let run = 0;
  let longest = 0;
  let last: number | undefined;
  for (const day of days) {
    run = last !== undefined && connects(last, day, rules) ? run + 1 : 1;
    longest = Math.max(longest, run);
    last = day;
  }
  const isActive = last !== undefined && connects(last, today, rules);
  return { active: isActive ? run : 0, longest };
}

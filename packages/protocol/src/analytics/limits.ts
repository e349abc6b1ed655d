export const analyticsSizes = {
  /** Highest goal for completed tasks per day and per week. */
  dailyGoal: 100,
  weeklyGoal: 500,
  /** Pauses of one user, including past ones. */
  pauses: 20,
  /** Days of one pause. */
  pauseDays: 366,
  /** Categories in analytics, largest first. */
  analyticsCategories: 100,
  /** People in the analytics of a workspace, by tracked time, largest first. */
  analyticsPeople: 100,
} as const;

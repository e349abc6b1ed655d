export const analyticsSizes = {
  /** Completed tasks that one can set out to complete in a day, and in a week. */
  dailyGoal: 100,
  weeklyGoal: 500,
  /** Pauses of one person, those that are over among them. */
  pauses: 20,
  /** Days of one pause. */
  pauseDays: 366,
  /** Categories that analytics list, the largest first. */
  analyticsCategories: 100,
  /** People by whose time the analytics of a workspace are listed, the largest first. */
  analyticsPeople: 100,
} as const;

export const analyticsSizes = {
  /** Completed tasks that one can set out to complete in a day, and in a week. */
  dailyGoal: 100,
  weeklyGoal: 500,
  /** Pauses of one person, those that are over among them. */
  pauses: 20,
  /** Days of one pause. */
  pauseDays: 366,
  /** Categories of the tasks of one person that analytics list, the largest first. */
  analyticsCategories: 100,
} as const;

export const reminderSizes = {
  /** Open reminders that one user has created. */
  openReminders: 1_000,
  /** Open reminders that others have created for one user. */
  remindersByOthers: 100,
  /** How many years ahead a reminder can be. */
  reminderYears: 5,
} as const;

export const reminderSizes = {
  /** Open reminders that one person has made. */
  openReminders: 1_000,
  /** Open reminders that others have made for one person. */
  remindersByOthers: 100,
  /** How many years ahead a reminder can be. */
  reminderYears: 5,
} as const;

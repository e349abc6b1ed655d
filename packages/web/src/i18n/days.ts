const DAY_MS = 86_400_000;

/** The day that many days after `2026-11-26`, written the same way. Days of a calendar have no zone. Pure. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

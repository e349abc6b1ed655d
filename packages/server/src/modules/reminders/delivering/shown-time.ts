/** An instant formatted for a person: Mon, 30 Nov 2026, 09:00 (Europe/Berlin). */
export function shownTime(at: Date, timeZone: string): string {
  const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  const time = { ...day, hour: '2-digit', minute: '2-digit', timeZone } as const;
  return `${at.toLocaleString('en-GB', time)} (${timeZone})`;
}

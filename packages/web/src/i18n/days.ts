const DAY_MS = 86_400_000;

/** The day that many days after `2026-11-26`, written the same way. Days of a calendar have no zone. Pure. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The first day of the week in which a day lies. @param firstWeekday 1: Monday … 7: Sunday. Pure. */
export function weekStart(day: string, firstWeekday: number): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return dayAfter(day, -((weekday - firstWeekday + 7) % 7));
}

/**
 * The instant at which clocks of a zone show `14:30` on a day. Of an hour that is left out in spring it is one hour
 * later; of one that comes twice in autumn, either. Pure.
 * @param timeZone IANA name; the browser's unless given
 */
export function instantAt(day: string, clock: string, timeZone: string | undefined): string {
  const wanted = Date.parse(`${day}T${clock}:00Z`);
  const format = new Intl.DateTimeFormat('sv-SE', {
    ...(timeZone !== undefined && { timeZone }),
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const shown = (at: number) => Date.parse(`${format.format(at).replace(' ', 'T')}Z`);
  // The offset of the zone near that time; once more, in case it changes in between.
  const near = wanted - (shown(wanted) - wanted);
  return new Date(near - (shown(near) - wanted)).toISOString();
}

import { Temporal } from 'temporal-polyfill';

/** A local day, and the instant at which its digest is sent. */
export interface DigestDay {
  /** YYYY-MM-DD. */
  on: string;
  at: Date;
}

/** A person's time for the digest. */
interface DigestTime {
  zone: string;
  /** HH:MM. */
  time: string;
}

/**
 * The instant of a time on a local day. A time that the zone skips moves by the length of the gap: later, or earlier if
 * the day would be over by then; of a time that occurs twice, the first is used. Undefined if the zone skips the whole
 * day.
 */
function instantOn(day: Temporal.PlainDate, plainTime: Temporal.PlainTime, zone: string): Date | undefined {
  const readings = (['compatible', 'earlier'] as const).map((disambiguation) =>
    day.toPlainDateTime(plainTime).toZonedDateTime(zone, { disambiguation }),
  );
  const local = readings.find((reading) => reading.toPlainDate().equals(day));
  return local && new Date(local.epochMilliseconds);
}

/**
 * The next local day with a digest: the first whose time is in the future, and later than the last digest.
 * @param wish.catchesUp today counts although its time has passed
 */
export function nextDigest(
  { zone, time, lastOn, catchesUp = false }: DigestTime & { lastOn: string | undefined; catchesUp?: boolean },
  now: Date,
): DigestDay {
  const plainTime = Temporal.PlainTime.from(time);
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  const after = lastOn === undefined ? undefined : Temporal.PlainDate.from(lastOn).add({ days: 1 });
  const first = after !== undefined && Temporal.PlainDate.compare(after, today) > 0 ? after : today;
  for (let day = first; ; day = day.add({ days: 1 })) {
    const at = instantOn(day, plainTime, zone);
    if (at !== undefined && (at > now || (catchesUp && day.equals(today)))) return { on: day.toString(), at };
  }
}

/** The first instant of a local day, and of the next. */
export function boundsOf(on: string, zone: string): { from: Date; to: Date } {
  const day = Temporal.PlainDate.from(on);
  const startOf = (date: Temporal.PlainDate) => new Date(date.toZonedDateTime(zone).epochMilliseconds);
  return { from: startOf(day), to: startOf(day.add({ days: 1 })) };
}

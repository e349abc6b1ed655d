import type { Api } from '@atrium/protocol';
import { Temporal } from 'temporal-polyfill';
import { type Backfill, type BackfillOptions, ProblemError } from '../../../platform/module/index.ts';
import type { Who } from './cast.ts';

/** Something that somebody does at some time. */
export interface Step {
  at: Date;
  who: Who;
  run(api: Api<BackfillOptions>, stage: Stage): Promise<unknown>;
}

/** When things happen, seen from the day on which the story is told. */
export interface Calendar {
  now: Date;
  /** A time of an earlier day, in the zone of whom the story is told to. */
  on(daysAgo: number, time: `${number}:${number}`): Date;
  ago(minutes: number): Date;
  /** The date of a day, counted from today. */
  date(inDays: number): string;
}

export function calendarOf(now: Date, timeZone: string): Calendar {
  const zoned = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  return {
    now,
    on: (daysAgo, time) => {
      const day = zoned.toPlainDate().subtract({ days: daysAgo });
      const instant = day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) });
      return new Date(Math.min(instant.epochMilliseconds, now.getTime()));
    },
    ago: (minutes) => new Date(now.getTime() - minutes * 60_000),
    date: (inDays) => zoned.toPlainDate().add({ days: inDays }).toString(),
  };
}

/** Who and what is there by now, by the names that the story has for them. */
export class Stage {
  readonly workspaceId: string;
  private readonly backfill: Backfill;
  private readonly ids = new Map<string, string>();

  constructor(workspaceId: string, backfill: Backfill) {
    this.workspaceId = workspaceId;
    this.backfill = backfill;
  }

  put(name: string, id: string): void {
    if (this.ids.has(name)) throw new Error(`The story has two things called ${name}.`);
    this.ids.set(name, id);
  }

  id(name: string): string {
    const id = this.ids.get(name);
    if (id === undefined) throw new Error(`The story speaks of ${name} before it is there.`);
    return id;
  }

  /** Plays all steps in the order of their times. */
  async play(steps: readonly Step[]): Promise<void> {
    const inOrder = [...steps].sort((one, other) => one.at.getTime() - other.at.getTime());
    for (const { at, who, run } of inOrder) {
      try {
        await run(this.backfill({ userId: this.id(who), at }), this);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        // Not a mistake of the caller.
        throw new Error(`The story does not work: ${who} at ${at.toISOString()}: ${run}`, { cause: error });
      }
    }
  }
}

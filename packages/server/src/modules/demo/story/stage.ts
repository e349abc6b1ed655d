import type { Api } from '@atrium/protocol';
import { Temporal } from 'temporal-polyfill';
import { type Backfill, type BackfillOptions, ProblemError } from '../../../platform/module/index.ts';
import type { Who } from './cast.ts';

/** A step of the story: an action of a person at a time. */
export interface Step {
  at: Date;
  who: Who;
  run(api: Api<BackfillOptions>, stage: Stage): Promise<unknown>;
}

/** Times relative to the day on which the demo is loaded. */
export interface Calendar {
  now: Date;
  /** A time on an earlier day, in the time zone of the person who loads the demo. */
  on(daysAgo: number, time: `${number}:${number}`): Date;
  ago(minutes: number): Date;
  /** The date of a day, relative to today. */
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

/** The people and objects created so far, by their names in the story. */
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

  /** Runs all steps in chronological order. */
  async play(steps: readonly Step[]): Promise<void> {
    const inOrder = [...steps].sort((one, other) => one.at.getTime() - other.at.getTime());
    for (const { at, who, run } of inOrder) {
      try {
        await run(this.backfill({ userId: this.id(who), at }), this);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        // Not an error of the caller.
        throw new Error(`The story does not work: ${who} at ${at.toISOString()}: ${run}`, { cause: error });
      }
    }
  }
}

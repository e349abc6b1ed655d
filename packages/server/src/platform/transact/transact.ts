import { beganAt, type Database, type Transaction } from '../database/index.ts';
import { collectJobs, type JobSystem } from '../jobs/index.ts';
import { collectEvents, type StoredEvent, type StreamHub } from '../stream/index.ts';
import type { Hooks, Listener, Listeners, RequestInfo, Work } from './work.ts';

/** The user who writes. */
export interface TransactOptions {
  /** Null: the server itself, or an anonymous caller. */
  actorId: string | null;
  request?: RequestInfo | undefined;
  /** Opens the transaction and returns the database's time. Only for commands, which also lock their key with it. */
  begin?(tx: Transaction): Promise<Date>;
  /** Passes the events on instead of the hub, for writers whose data is already available. */
  publish?(events: readonly StoredEvent[]): void;
}

/**
 * Runs `work` in one transaction with its events and jobs. Readers are notified, and jobs run, after the commit. Errors
 * of `work` roll everything back. After a deadlock it runs again, at most three times, so it must have no effect
 * outside the transaction and keep nothing of an earlier attempt.
 * @returns what `work` returns
 */
export type Transact = <Result>(
  options: TransactOptions,
  work: (work: Work) => Promise<Result> | Result,
) => Promise<Result>;

export interface TransactDeps {
  database: Pick<Database, 'transaction'>;
  hub: Pick<StreamHub, 'committed'>;
  jobs: Pick<JobSystem, 'addJobs'>;
  /** The listeners of all modules, in the order in which they are called. */
  listeners(): readonly Listeners[];
}

/** Creates `transact`. */
export function createTransact({ database, hub, jobs, listeners }: TransactDeps): Transact {
  return async ({ actorId, request, begin = beganAt, publish = hub.committed }, run) => {
    const { result, committed } = await database.transaction(async (tx) => {
      const now = await begin(tx);
      const events = collectEvents();
      const { enqueue, queued } = collectJobs();
      const workOf = (actor: string | null): Work => {
        const work: Work = {
          tx,
          now,
          actorId: actor,
          request,
          append: events.appendAs(actor),
          endStreams: events.endStreams,
          enqueue,
          async tell<Name extends keyof Hooks>(name: Name, data: Hooks[Name]) {
            for (const on of listeners()) {
              const listener = on[name] as Listener<Name> | undefined;
              // One after the other: the order of the modules is the order of the locks.
              await listener?.(work, data);
            }
          },
          as: workOf,
        };
        return work;
      };
      const result = await run(workOf(actorId));
      if (queued.length > 0) await jobs.addJobs(tx, queued);
      return { result, committed: await events.write(tx, now) };
    });
    publish(committed);
    return result;
  };
}

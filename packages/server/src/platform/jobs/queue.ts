import { runMigrations } from 'bullmq';
import { sql } from 'kysely';
import type pg from 'pg';
import { type Executor, type Transaction, withoutTimeouts } from '../database/index.ts';
import { newId } from '../new-id.ts';
import type { QueuedJob } from './job.ts';

/** The one queue of the program, and the schema of our database that it lives in. */
export const QUEUE = 'atrium';
export const SCHEMA = 'bullmq';

/** How a failed job is tried again: `delayMs`, then twice as long each time, less up to a fifth by chance. */
export interface Retry {
  /** Tries in all, the first one included. */
  attempts: number;
  delayMs: number;
}

/** How many jobs are in which state. */
export interface JobCounts {
  active: number;
  waiting: number;
  delayed: number;
  failed: number;
}

const JITTER = 0.2;
/** Ids take a hundred characters; whoever comes near this is putting content into a job. */
const MAX_DATA_LENGTH = 2_000;

/** Finished jobs leave dead rows behind faster than the default thresholds would clean them up. */
const VACUUM_EAGERLY = `alter table ${SCHEMA}.job set (
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)`;

/**
 * Makes or upgrades the queue's tables. Safe when several nodes start together. Throws an Error with the reason when
 * the schema is newer than this program or the database refuses.
 */
export async function prepareQueue(pool: pg.Pool): Promise<void> {
  await withoutTimeouts(pool, async (client) => {
    try {
      await runMigrations(client, SCHEMA);
      const { rows } = await client.query<{ done: boolean }>(
        `select coalesce(reloptions::text like '%vacuum_scale_factor=0.02%', false) as done
         from pg_class where oid = '${SCHEMA}.job'::regclass`,
      );
      if (rows[0]?.done !== true) await client.query(VACUUM_EAGERLY);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The job queue could not be prepared: ${reason}`, { cause: error });
    }
  });
}

/**
 * Adds jobs in one round trip, as part of the caller's transaction: they exist exactly if it commits. Calls the queue's
 * own SQL function, because its client can only add on connections of its own; the version is pinned for that reason.
 * The id is given, as a generated one would come from a counter.
 */
export async function addJobs(tx: Transaction, jobs: readonly QueuedJob[], retry: Retry): Promise<void> {
  if (jobs.length === 0) return;
  const entries = jobs.map(({ job, data, delayMs = 0 }) => ({ id: newId(), name: job.name, data, delay: delayMs }));
  for (const { name, data } of entries) {
    if (JSON.stringify(data).length > MAX_DATA_LENGTH) throw new RangeError(`job ${name}: a payload holds ids only`);
  }
  const options = {
    attempts: retry.attempts,
    backoff: { type: 'exponential', delay: retry.delayMs, jitter: JITTER },
  };
  await sql`
    select bullmq.add_job(${QUEUE}, job.id, job.name, job.data, ${JSON.stringify(options)}::jsonb, 0, job.delay,
      (extract(epoch from clock_timestamp()) * 1000)::bigint, ${retry.attempts}::integer,
      null, null, null, null, null, false)
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as job(id text, name text, data jsonb, delay bigint)
  `.execute(tx);
}

/** Counts the jobs that are not completed; `failed` are those given up in the last 30 days. */
export async function countJobs(db: Executor): Promise<JobCounts> {
  const { rows } = await sql<JobCounts>`
    select count(*) filter (where state = 'active')::int as active,
      count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'delayed')::int as delayed,
      count(*) filter (where state = 'failed')::int as failed
    from bullmq.job where queue = ${QUEUE} and state in ('active', 'waiting', 'delayed', 'failed')
  `.execute(db);
  return rows[0] ?? { active: 0, waiting: 0, delayed: 0, failed: 0 };
}

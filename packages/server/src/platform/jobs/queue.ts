import { runMigrations } from 'bullmq';
import { sql } from 'kysely';
import type pg from 'pg';
import { DatabaseRefused, type Executor, isForbidden, type Transaction, withoutTimeouts } from '../database/index.ts';
import { newId } from '../new-id.ts';
import type { QueuedJob } from './job.ts';

/** The program's only queue, and the schema in which its tables are. */
export const QUEUE = 'atrium';
export const SCHEMA = 'bullmq';

/** Retry delays: `delayMs`, doubled for each further attempt, minus up to 20 % jitter. */
export interface Retry {
  /** Number of attempts, including the first. */
  attempts: number;
  delayMs: number;
}

/** Number of jobs by state. */
export interface JobCounts {
  active: number;
  waiting: number;
  delayed: number;
  failed: number;
}

const JITTER = 0.2;
/** Ids take a hundred characters; a longer payload has other content. */
const MAX_DATA_LENGTH = 2_000;

/** Completed jobs leave dead rows faster than the default autovacuum thresholds would clean up. */
const VACUUM_EAGERLY = `alter table ${SCHEMA}.job set (
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)`;

/**
 * Creates or upgrades the queue's tables. Safe when several nodes start at once.
 * @throws DatabaseRefused if no schema may be created; an Error with the reason if the schema is newer than this program
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
      if (isForbidden(error)) {
        throw new DatabaseRefused(
          `The user of DATABASE_URL may not create the job queue: ${error.message}. ` +
            'As the owner of the database: grant create on it to that user.',
          { cause: error },
        );
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The job queue could not be prepared: ${reason}`, { cause: error });
    }
  });
}

/**
 * Adds jobs in one round trip, in the caller's transaction, so that they exist only if it commits. Calls the queue's
 * SQL function, because its client can only add on its own connections; the version is pinned for that reason. The id
 * is set explicitly, since a generated one would come from a counter.
 */
export async function addJobs(tx: Transaction, jobs: readonly QueuedJob[], retry: Retry): Promise<void> {
  if (jobs.length === 0) return;
  const entries = jobs.map(({ job, data, delayMs = 0 }) => ({ id: newId(), name: job.name, data, delay: delayMs }));
  for (const { name, data } of entries) {
    if (JSON.stringify(data).length > MAX_DATA_LENGTH)
      throw new RangeError(`job ${name}: the payload is too large; it must contain ids only`);
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

/** Counts the jobs that are not completed; `failed` are those that failed permanently in the last 30 days. */
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

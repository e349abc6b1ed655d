import './tables.ts';
import { sql } from 'kysely';
import type { Executor } from '../../platform/database/index.ts';

/** The state of the scheduled backups. */
export interface BackupState {
  /** The last successful one. */
  success: { name: string; endedAt: Date; bytes: number } | undefined;
  /** The error of the last finished one; undefined if it succeeded. */
  failure: { reason: string; endedAt: Date } | undefined;
}

const KEPT_RUNS = 1_000;
const REASON_CHARACTERS = 500;

export async function insertRun(
  db: Executor,
  run: { id: string; place: string; name: string; startedAt: Date },
): Promise<void> {
  await sql`
    insert into backup_run (id, place, name, started_at)
    values (${run.id}, ${run.place.slice(0, 2_000)}, ${run.name}, ${run.startedAt})
  `.execute(db);
}

export async function markDone(
  db: Executor,
  { id, endedAt, bytes, rows }: { id: string; endedAt: Date; bytes: number; rows: number },
): Promise<void> {
  await sql`
    update backup_run set ended_at = greatest(started_at, ${endedAt}::timestamptz), bytes = ${bytes}, rows = ${rows}
    where id = ${id}
  `.execute(db);
}

export async function markFailed(
  db: Executor,
  { id, endedAt, reason }: { id: string; endedAt: Date; reason: string },
): Promise<void> {
  await sql`
    update backup_run set ended_at = greatest(started_at, ${endedAt}::timestamptz),
      failure = ${reason.slice(0, REASON_CHARACTERS)}
    where id = ${id}
  `.execute(db);
}

/** Deletes all but the newest runs. */
export async function pruneRuns(db: Executor): Promise<void> {
  await sql`
    delete from backup_run where started_at < (
      select started_at from backup_run order by started_at desc offset ${KEPT_RUNS} limit 1
    )
  `.execute(db);
}

/** The results of the runs to a destination. Only few recent ones are needed, so they are read by the index on time. */
export async function backupState(db: Executor, place: string): Promise<BackupState> {
  const { rows } = await sql<{ name: string; endedAt: Date; bytes: string | null; failure: string | null }>`
    (select name, ended_at as "endedAt", bytes, failure from backup_run
      where place = ${place} and ended_at is not null order by started_at desc limit 1)
    union all
    (select name, ended_at as "endedAt", bytes, failure from backup_run
      where place = ${place} and bytes is not null order by started_at desc limit 1)
  `.execute(db);
  const last = rows[0];
  const success = rows.find(({ bytes }) => bytes !== null);
  return {
    success: success && { name: success.name, endedAt: success.endedAt, bytes: Number(success.bytes) },
    failure: last === undefined || last.failure === null ? undefined : { reason: last.failure, endedAt: last.endedAt },
  };
}

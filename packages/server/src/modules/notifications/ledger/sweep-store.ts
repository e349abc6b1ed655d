import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { DeliveryRow, DeliveryState } from './tables.ts';

const ms = (value: number) => sql`${value} * interval '1 millisecond'`;

/** Text that PostgreSQL can store, truncated to the size of its column. */
const storable = (reason: string) => reason.slice(0, 500).toWellFormed().replaceAll('\0', '');

/**
 * The earlier of the database's time and its monotonic time: a clock that was set forward must not cause deliveries.
 */
const earlier = (time: 'now()' | 'clock_timestamp()', steadyNow: Date) => sql`least(${sql.raw(time)}, ${steadyNow})`;

/** The statement that claims what is due, exported for the test of its plan. */
export const dueQuery = (limit: number, steadyNow: Date) => sql`
  select id from delivery
  where state = 'planned' and next_at <= ${earlier('now()', steadyNow)}
  order by next_at, id
  limit ${limit}
  for update skip locked
`;

/** Claims deliveries that are due by the database's clock, earliest first. No other node claims them for `leaseMs`. */
export async function claimDue(
  db: Executor,
  { claim, leaseMs, limit, steadyNow }: { claim: string; leaseMs: number; limit: number; steadyNow: Date },
): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    with due as (${dueQuery(limit, steadyNow)})
    update delivery d
    set state = 'claimed', claim = ${claim}, claimed_until = ${earlier('clock_timestamp()', steadyNow)} + ${ms(leaseMs)},
      attempts = d.attempts + 1, began_at = null
    from due where due.id = d.id
    returning d.*
  `.execute(db);
  return rows.sort((one, other) => one.due_at.getTime() - other.due_at.getTime());
}

/**
 * Records that sending begins, and extends the claim for as long as that may take.
 * @returns false if the delivery was withdrawn, or another node has claimed it
 */
export async function beginSending(
  db: Executor,
  { id, claim }: DeliveryRow,
  { leaseMs, steadyNow }: { leaseMs: number; steadyNow: Date },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update delivery
    set began_at = clock_timestamp(), claimed_until = ${earlier('clock_timestamp()', steadyNow)} + ${ms(leaseMs)}
    where id = ${id} and state = 'claimed' and claim = ${claim}
    returning id
  `.execute(db);
  return rows.length > 0;
}

/**
 * Settles a claimed delivery. One that was withdrawn while it was sent, or that another node has claimed since, is
 * marked as sent nevertheless if it was.
 * @returns false if the claim had ended
 */
export async function settle(
  db: Executor | Transaction,
  { id, claim }: DeliveryRow,
  { state, reason }: { state: Exclude<DeliveryState, 'planned' | 'claimed'>; reason: string | null },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update delivery
    set state = ${state}, reason = ${reason === null ? null : storable(reason)}, claim = null, claimed_until = null,
      settled_at = clock_timestamp()
    where id = ${id} and state = 'claimed' and claim = ${claim}
    returning id
  `.execute(db);
  return rows.length > 0;
}

/** Marks a delivery as sent that was withdrawn while it was being sent. */
export async function markSentAnyway(db: Executor, { id }: DeliveryRow): Promise<void> {
  await sql`
    update delivery set state = 'sent', reason = 'withdrawn while it was sent'
    where id = ${id} and state = 'withdrawn'
  `.execute(db);
}

/** Plans a retry of a failed attempt after a delay; gives up if it would be useless by then. */
export async function retryLater(
  db: Executor,
  { id, claim }: DeliveryRow,
  { afterMs, reason, steadyNow }: { afterMs: number; reason: string; steadyNow: Date },
): Promise<void> {
  const next = sql`${earlier('clock_timestamp()', steadyNow)} + ${ms(afterMs)}`;
  await sql`
    update delivery
    set state = case when ${next} < useful_until then 'planned' else 'failed' end,
      settled_at = case when ${next} < useful_until then null else clock_timestamp() end,
      next_at = ${next}, reason = ${storable(reason)}, claim = null, claimed_until = null, began_at = null
    where id = ${id} and state = 'claimed' and claim = ${claim}
  `.execute(db);
}

/**
 * Releases the claims of crashed nodes: planned again if sending had not begun, or if sending twice does no harm;
 * unknown otherwise.
 * @param again keys of the handlers whose interrupted deliveries are sent again, as `kind channel`
 */
export async function releaseClaims(
  db: Executor,
  again: readonly string[],
  { limit, steadyNow }: { limit: number; steadyNow: Date },
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with lost as (
      select id, began_at is null or kind || ' ' || channel = any(${again}::text[]) as again from delivery
      where state = 'claimed' and claimed_until <= ${earlier('now()', steadyNow)}
      order by claimed_until
      limit ${limit}
      for update skip locked
    )
    update delivery d
    set state = case when lost.again then 'planned' else 'unknown' end,
      settled_at = case when lost.again then null else clock_timestamp() end,
      reason = 'the server stopped while it was sent', claim = null, claimed_until = null, began_at = null
    from lost where lost.id = d.id
    returning d.id
  `.execute(db);
  return rows.length;
}

/** Deletes deliveries that were settled more than `days` ago. @returns how many were deleted */
export async function pruneDeliveries(db: Executor, days: number, limit: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    delete from delivery where id in (
      select id from delivery where settled_at < now() - ${days} * interval '1 day' order by settled_at limit ${limit}
    )
    returning id
  `.execute(db);
  return rows.length;
}

/** Deletes all deliveries to a person. */
export async function deleteDeliveriesOf(tx: Transaction, accountId: string): Promise<void> {
  await sql`delete from delivery where account_id = ${accountId}`.execute(tx);
}

import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import type { DeliveryRow, EndpointRow, NewDelivery } from './tables.ts';

const ms = (value: number) => sql`${value} * interval '1 millisecond'`;

/** Removes what PostgreSQL cannot store, and truncates to the size of the column. */
const storable = (answer: string) => [...answer.toWellFormed().replaceAll('\0', '')].slice(0, 500).join('');

/** Appends deliveries to the queue; replayed ones move to the end. */
export async function insertDeliveries(
  tx: Transaction,
  endpointId: string,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await sql`
    insert into webhook_delivery (id, endpoint_id, stream, seq, type, occurred_at, body, state)
    select id, ${endpointId}, stream, seq, type, occurred_at, body, 'waiting'
    from unnest(
      ${deliveries.map(({ id }) => id)}::uuid[], ${deliveries.map(({ stream }) => stream)}::text[],
      ${deliveries.map(({ seq }) => seq)}::bigint[], ${deliveries.map(({ type }) => type)}::text[],
      ${deliveries.map(({ occurred_at: at }) => at)}::timestamptz[], ${deliveries.map(({ body }) => body)}::text[]
    ) with ordinality as t (id, stream, seq, type, occurred_at, body, n)
    order by n
    on conflict (id) do update set
      ordinal = nextval('webhook_delivery_ordinal'), body = excluded.body, state = 'waiting', attempts = 0,
      settled_at = null
  `.execute(tx);
}

/** The waiting deliveries of an endpoint, in order. */
export function waitingDeliveries(db: Executor, endpointId: string, limit: number): Promise<DeliveryRow[]> {
  return db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('endpoint_id', '=', endpointId)
    .where('state', '=', 'waiting')
    .orderBy('ordinal')
    .limit(limit)
    .execute();
}

/** The result of an attempt. */
export interface AttemptRecord {
  status: number | null;
  answer: string;
  durationMs: number;
}

const attempted = ({ status, answer, durationMs }: AttemptRecord) => sql`
  attempts = attempts + 1, last_attempt_at = clock_timestamp(), status = ${status}, answer = ${storable(answer)},
  duration_ms = ${durationMs}
`;

/**
 * Records the result of a delivery and the state of its endpoint, in one statement.
 * @returns false if the claim is lost or the endpoint was changed, so that what was read of it is stale
 */
export async function settleDelivered(
  db: Executor,
  { id, claim, revision }: EndpointRow,
  delivery: Pick<DeliveryRow, 'id' | 'ordinal'>,
  { leaseMs, ...record }: AttemptRecord & { leaseMs: number },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    with settled as (
      update webhook_delivery set state = 'delivered', body = null, settled_at = clock_timestamp(), ${attempted(record)}
      where id = ${delivery.id} and ordinal = ${delivery.ordinal} and state = 'waiting'
    )
    update webhook_endpoint
    set last_success_at = clock_timestamp(), failing_since = null, claimed_until = clock_timestamp() + ${ms(leaseMs)}
    where id = ${id} and claim = ${claim} and revision = ${revision} and enabled
    returning id
  `.execute(db);
  return rows.length > 0;
}

/** Records a failed attempt and the time of the next one. `isLast`: the delivery has failed. */
export async function settleFailed(
  db: Executor,
  { id, claim }: EndpointRow,
  delivery: Pick<DeliveryRow, 'id' | 'ordinal'>,
  { afterMs, isLast, ...record }: AttemptRecord & { afterMs: number; isLast: boolean },
): Promise<void> {
  await sql`
    with tried as (
      update webhook_delivery
      set state = case when ${isLast} then 'failed' else 'waiting' end, body = case when ${isLast} then null else body end,
        settled_at = case when ${isLast} then clock_timestamp() end, ${attempted(record)}
      where id = ${delivery.id} and ordinal = ${delivery.ordinal} and state = 'waiting'
    )
    update webhook_endpoint
    set failing_since = coalesce(failing_since, clock_timestamp()), next_at = clock_timestamp() + ${ms(afterMs)}
    where id = ${id} and claim = ${claim}
  `.execute(db);
}

/** Finds one delivery of an endpoint. */
export function findDelivery(db: Executor, endpointId: string, id: string): Promise<DeliveryRow | undefined> {
  return db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('id', '=', id)
    .where('endpoint_id', '=', endpointId)
    .executeTakeFirst();
}

/** A page of the log, newest first. */
export async function deliveriesBefore(
  db: Executor,
  endpointId: string,
  { before, limit, state }: { before: number | undefined; limit: number; state: DeliveryRow['state'] | undefined },
): Promise<DeliveryRow[]> {
  let query = db.selectFrom('webhook_delivery').selectAll().where('endpoint_id', '=', endpointId);
  if (before !== undefined) query = query.where('ordinal', '<', before);
  if (state !== undefined) query = query.where('state', '=', state);
  return query.orderBy('ordinal', 'desc').limit(limit).execute();
}

/** The number of waiting deliveries per endpoint, and their oldest event. */
export async function waitingCounts(
  db: Executor,
  endpointIds: readonly string[],
): Promise<Map<string, { count: number; oldestAt: Date }>> {
  const { rows } = await sql<{ id: string; count: number; oldestAt: Date }>`
    select endpoint_id as id, count(*)::int as count, min(occurred_at) as "oldestAt" from webhook_delivery
    where endpoint_id = any(${endpointIds}::uuid[]) and state = 'waiting'
    group by endpoint_id
  `.execute(db);
  return new Map(rows.map(({ id, ...rest }) => [id, rest]));
}

/** Deletes waiting deliveries of some or all streams: they are recreated from the streams, or must not be sent. */
export async function deleteWaiting(tx: Transaction, endpointId: string, streams?: readonly string[]): Promise<void> {
  let query = tx.deleteFrom('webhook_delivery').where('endpoint_id', '=', endpointId).where('state', '=', 'waiting');
  if (streams !== undefined) query = query.where(sql<boolean>`stream = any(${streams}::text[])`);
  await query.execute();
}

/** Deletes deliveries that were settled more than `days` ago. @returns the number of rows */
export async function pruneOld(db: Executor, days: number, limit: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    delete from webhook_delivery where id in (
      select id from webhook_delivery where settled_at < now() - ${days} * interval '1 day' limit ${limit}
    )
    returning id
  `.execute(db);
  return rows.length;
}

/** Deletes all but the latest settled deliveries of each endpoint. */
export async function pruneMany(db: Executor, kept: number): Promise<void> {
  await sql`
    delete from webhook_delivery d
    using webhook_endpoint e
    where d.endpoint_id = e.id and d.state <> 'waiting' and d.ordinal < (
      select ordinal from webhook_delivery l
      where l.endpoint_id = e.id
      order by ordinal desc offset ${kept - 1} limit 1
    )
  `.execute(db);
}

import type { StreamName } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import type { PositionRow } from './tables.ts';

/** The positions up to which an endpoint's deliveries were created, by stream. */
export async function positionsOf(db: Executor, endpointId: string): Promise<Map<StreamName, number>> {
  const rows = await db
    .selectFrom('webhook_endpoint_position')
    .selectAll()
    .where('endpoint_id', '=', endpointId)
    .execute();
  return new Map(rows.map(({ stream, seq }) => [stream as StreamName, seq]));
}

/** The same for several endpoints. */
export async function positionsOfAll(db: Executor, endpointIds: readonly string[]): Promise<PositionRow[]> {
  const { rows } = await sql<PositionRow>`
    select * from webhook_endpoint_position where endpoint_id = any(${endpointIds}::uuid[])
  `.execute(db);
  return rows;
}

/** Sets positions. */
export async function setPositions(
  tx: Transaction,
  endpointId: string,
  positions: ReadonlyMap<StreamName, number>,
): Promise<void> {
  if (positions.size === 0) return;
  await sql`
    insert into webhook_endpoint_position (endpoint_id, stream, seq)
    select ${endpointId}, stream, seq
    from unnest(${[...positions.keys()]}::text[], ${[...positions.values()]}::bigint[]) as t (stream, seq)
    on conflict (endpoint_id, stream) do update set seq = excluded.seq
  `.execute(tx);
}

/** Deletes the positions in streams that the endpoint may no longer see. */
export async function deletePositions(
  tx: Transaction,
  endpointId: string,
  streams: readonly StreamName[],
): Promise<void> {
  if (streams.length === 0) return;
  await sql`
    delete from webhook_endpoint_position where endpoint_id = ${endpointId} and stream = any(${streams}::text[])
  `.execute(tx);
}

/**
 * Records that the streams of an endpoint were listed. Locks it.
 * @returns false if the claim is lost, or what was read of the endpoint is stale
 */
export async function markListed(
  tx: Transaction,
  { id, claim, revision }: { id: string; claim: string | null; revision: number },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update webhook_endpoint set listed_at = now()
    where id = ${id} and claim = ${claim} and revision = ${revision} and enabled
    returning id
  `.execute(tx);
  return rows.length > 0;
}

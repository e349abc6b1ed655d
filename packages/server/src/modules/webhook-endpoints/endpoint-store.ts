import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import type { EndpointRow, NamedConversationRow } from './tables.ts';

const ms = (value: number) => sql`${value} * interval '1 millisecond'`;

type NewEndpoint = Pick<
  EndpointRow,
  'id' | 'workspace_id' | 'url' | 'description' | 'event_types' | 'enabled' | 'secret' | 'created_by' | 'created_at'
>;

/** Adds an endpoint. */
export function insertEndpoint(tx: Transaction, row: NewEndpoint): Promise<EndpointRow> {
  return tx
    .insertInto('webhook_endpoint')
    .values(row as EndpointRow)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The endpoints of a workspace, oldest first. */
export function endpointsOf(db: Executor, workspaceId: string): Promise<EndpointRow[]> {
  return db.selectFrom('webhook_endpoint').selectAll().where('workspace_id', '=', workspaceId).orderBy('id').execute();
}

interface EndpointKey {
  workspaceId: string;
  endpointId: string;
}

/** One endpoint of a workspace. */
export function findEndpoint(db: Executor, { workspaceId, endpointId }: EndpointKey): Promise<EndpointRow | undefined> {
  return db
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('id', '=', endpointId)
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
}

/** The same, locked until the transaction ends. */
export function lockEndpoint(
  tx: Transaction,
  { workspaceId, endpointId }: EndpointKey,
): Promise<EndpointRow | undefined> {
  return tx
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('id', '=', endpointId)
    .where('workspace_id', '=', workspaceId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Changes an endpoint, and invalidates what its sender has read. */
export function updateEndpoint(tx: Transaction, id: string, changes: Partial<EndpointRow>): Promise<EndpointRow> {
  return tx
    .updateTable('webhook_endpoint')
    .set((eb) => ({ ...changes, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteEndpoint(tx: Transaction, id: string): Promise<void> {
  await tx.deleteFrom('webhook_endpoint').where('id', '=', id).execute();
}

/** Deletes the endpoints of a workspace. */
export async function deleteEndpointsOf(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.deleteFrom('webhook_endpoint').where('workspace_id', '=', workspaceId).execute();
}

/** The conversations selected for these endpoints. */
export function namedConversations(db: Executor, endpointIds: readonly string[]): Promise<NamedConversationRow[]> {
  return db
    .selectFrom('webhook_endpoint_conversation')
    .selectAll()
    .where(sql<boolean>`endpoint_id = any(${endpointIds}::uuid[])`)
    .orderBy('conversation_id')
    .execute();
}

/** Adds conversations to an endpoint. */
export async function nameConversations(
  tx: Transaction,
  { endpointId, userId, conversationIds }: { endpointId: string; userId: string; conversationIds: readonly string[] },
): Promise<void> {
  await sql`
    insert into webhook_endpoint_conversation (endpoint_id, conversation_id, named_by)
    select ${endpointId}, id, ${userId} from unnest(${conversationIds}::uuid[]) as id
    on conflict do nothing
  `.execute(tx);
}

/** Removes conversations from an endpoint. */
export async function unnameConversations(
  tx: Transaction,
  endpointId: string,
  conversationIds: readonly string[],
): Promise<void> {
  await sql`
    delete from webhook_endpoint_conversation
    where endpoint_id = ${endpointId} and conversation_id = any(${conversationIds}::uuid[])
  `.execute(tx);
}

/** Removes all conversations that a person has added to endpoints. */
export async function unnameAllBy(tx: Transaction, userId: string): Promise<void> {
  await sql`delete from webhook_endpoint_conversation where named_by = ${userId}`.execute(tx);
}

/**
 * Claims endpoints that have something to send, or whose streams have not been listed for a while. No other node sends
 * to them for `leaseMs`.
 */
export async function claimEndpoints(
  db: Executor,
  { claim, leaseMs, listMs, limit }: { claim: string; leaseMs: number; listMs: number; limit: number },
): Promise<EndpointRow[]> {
  const { rows } = await sql<EndpointRow>`
    with due as (
      select id from webhook_endpoint e
      where enabled and next_at <= now() and (claimed_until is null or claimed_until <= now())
        and (
          listed_at <= now() - ${ms(listMs)}
          or exists (select from webhook_delivery d where d.endpoint_id = e.id and d.state = 'waiting')
          or exists (
            select from webhook_endpoint_position p join stream_head s on s.name = p.stream
            where p.endpoint_id = e.id and s.seq > p.seq
          )
        )
      order by next_at, id
      limit ${limit}
      for no key update skip locked
    )
    update webhook_endpoint e set claim = ${claim}, claimed_until = clock_timestamp() + ${ms(leaseMs)}
    from due where due.id = e.id
    returning e.*
  `.execute(db);
  return rows;
}

/** Enabled endpoints that lag behind, the longest-failing first. */
export async function endpointsBehind(db: Executor, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from webhook_endpoint e
    where enabled and (
      exists (select from webhook_delivery d where d.endpoint_id = e.id and d.state = 'waiting')
      or exists (
        select from webhook_endpoint_position p join stream_head s on s.name = p.stream
        where p.endpoint_id = e.id and s.seq > p.seq
      )
    )
    order by failing_since nulls last, id
    limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Renews a claim for another `leaseMs`. @returns the endpoint, if the claim was still held */
export async function renewClaim(
  db: Executor,
  { id, claim }: Pick<EndpointRow, 'id' | 'claim'>,
  leaseMs: number,
): Promise<EndpointRow | undefined> {
  const { rows } = await sql<EndpointRow>`
    update webhook_endpoint set claimed_until = clock_timestamp() + ${ms(leaseMs)}
    where id = ${id} and claim = ${claim} and enabled
    returning *
  `.execute(db);
  return rows[0];
}

/** Releases a claim, so that another node can send at once. The endpoint goes to the end of the queue. */
export async function releaseClaim(db: Executor, { id, claim }: Pick<EndpointRow, 'id' | 'claim'>): Promise<void> {
  await sql`
    update webhook_endpoint
    set claim = null, claimed_until = null, next_at = greatest(next_at, clock_timestamp())
    where id = ${id} and claim = ${claim}
  `.execute(db);
}

/** Encrypted secrets, in the order of their endpoints, to be re-encrypted. */
export function sealedSecrets(
  db: Executor,
  after: string,
  limit: number,
): Promise<Pick<EndpointRow, 'id' | 'secret' | 'old_secret'>[]> {
  return db
    .selectFrom('webhook_endpoint')
    .select(['id', 'secret', 'old_secret'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Replaces an encrypted secret, unless it has changed in the meantime. */
export async function replaceSealed(
  db: Executor,
  id: string,
  column: 'secret' | 'old_secret',
  { from, to }: { from: Buffer; to: Buffer },
): Promise<void> {
  await db
    .updateTable('webhook_endpoint')
    .set({ [column]: to })
    .where('id', '=', id)
    .where(column, '=', from)
    .execute();
}

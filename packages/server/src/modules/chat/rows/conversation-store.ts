import { sql } from 'kysely';
import { type Executor, isUniqueViolation, type Transaction } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import type { ConversationMemberRow, ConversationRow } from './tables.ts';

/** The key of a direct conversation, the same in both orders of the two people. */
export function directKey(userId: string, otherId: string): string {
  return [userId, otherId].sort().join(':');
}

function nameTaken(): Error {
  return problem('conflict', { errors: [{ path: 'name', code: 'taken', message: 'is the name of another channel' }] });
}

type LaterColumn = 'support_status' | 'assignee_id' | 'customer_id' | 'retention_days' | 'expired_seq' | 'is_watched';
/** A conversation to be created; only support cases have a customer. */
type NewConversation = Omit<ConversationRow, LaterColumn> & Partial<Pick<ConversationRow, LaterColumn>>;

/**
 * Adds a conversation.
 * @returns undefined if the two people of a direct conversation already have one
 * @throws `conflict` if the workspace has a channel of that name
 */
export async function insertConversation(
  tx: Transaction,
  conversation: NewConversation,
): Promise<ConversationRow | undefined> {
  const row = await tx
    .insertInto('conversation')
    .values({ expired_seq: 0, is_watched: false, ...conversation })
    .onConflict((clash) => clash.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined && conversation.kind === 'channel') throw nameTaken();
  return row;
}

/** The direct conversation of two people in the first of these workspaces that has one. */
export async function findDirect(
  db: Executor,
  workspaceIds: readonly string[],
  key: string,
): Promise<ConversationRow | undefined> {
  const { rows } = await sql<ConversationRow>`
    select * from conversation
    where direct_key = ${key} and workspace_id = any(${workspaceIds}::uuid[])
    order by created_at, id
    limit 1
  `.execute(db);
  return rows[0];
}

/** The oldest direct conversation that both people of the key are in. */
export async function findDirectOfBoth(db: Executor, key: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation c
    where c.direct_key = ${key}
      and (select count(*) from conversation_member m where m.conversation_id = c.id) = 2
    order by c.created_at, c.id
    limit 1
  `.execute(db);
  return rows[0]?.id;
}

/** Conversations by id; ids without a conversation are missing. */
export async function conversationsById(db: Executor, ids: readonly string[]): Promise<Map<string, ConversationRow>> {
  const { rows } = await sql<ConversationRow>`select * from conversation where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The public channels of a workspace. */
export async function publicChannelsOf(db: Executor, workspaceId: string): Promise<{ id: string; createdAt: Date }[]> {
  const { rows } = await sql<{ id: string; createdAt: Date }>`
    select id, created_at as "createdAt" from conversation
    where workspace_id = ${workspaceId} and kind = 'channel' and visibility = 'public'
  `.execute(db);
  return rows;
}

/**
 * Those of the conversations that are private channels or groups of the workspace, and that the person is a member of.
 */
export async function privateConversationsWith(
  db: Executor,
  { workspaceId, userId, ids }: { workspaceId: string; userId: string; ids: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation c
    join conversation_member m on m.conversation_id = c.id and m.account_id = ${userId}
    where c.id = any(${ids}::uuid[]) and c.workspace_id = ${workspaceId}
      and c.kind in ('channel', 'group') and c.visibility = 'private'
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** A conversation with the membership of one person. */
interface ConversationFor {
  conversation: ConversationRow;
  member: ConversationMemberRow | undefined;
}

/** Conversations with the membership of one person, in no order; ids without a conversation are missing. */
export async function conversationsFor(
  db: Executor,
  ids: readonly string[],
  userId: string,
): Promise<ConversationFor[]> {
  const { rows } = await sql<ConversationRow & { member: MemberJson | null }>`
    select c.*, to_json(m) as member
    from conversation c
    left join conversation_member m on m.conversation_id = c.id and m.account_id = ${userId}
    where c.id = any(${[...new Set(ids)]}::uuid[])
  `.execute(db);
  return rows.map(({ member, ...conversation }) => ({
    conversation,
    member: member ? { ...member, joined_at: new Date(member.joined_at) } : undefined,
  }));
}

/** A conversation with the membership of one person. */
export async function conversationFor(
  db: Executor,
  conversationId: string,
  userId: string,
): Promise<ConversationFor | undefined> {
  return (await conversationsFor(db, [conversationId], userId))[0];
}

/** A row of conversation_member in PostgreSQL's JSON form. */
type MemberJson = Omit<ConversationMemberRow, 'joined_at'> & { joined_at: string };

/**
 * Locks conversations against every other change of themselves and of their members, in the order of their ids.
 * Messages and receipts are not blocked.
 */
export async function lockConversations(tx: Transaction, ids: readonly string[]): Promise<ConversationRow[]> {
  const { rows } = await sql<ConversationRow>`
    select * from conversation where id = any(${ids}::uuid[]) order by id for no key update
  `.execute(tx);
  return rows;
}

/**
 * Keeps a conversation unchanged until the transaction ends: it is not archived, and its members stay the same. Several
 * transactions can hold it at the same time.
 */
export async function holdConversation(tx: Transaction, id: string): Promise<ConversationRow | undefined> {
  return tx.selectFrom('conversation').selectAll().where('id', '=', id).forShare().executeTakeFirst();
}

/**
 * Changes a conversation and raises its version.
 * @throws `conflict` if the workspace has another channel of that name
 */
export async function updateConversation(
  tx: Transaction,
  id: string,
  changes: Partial<Pick<ConversationRow, 'name' | 'topic' | 'archived_at'>>,
): Promise<ConversationRow> {
  try {
    return await tx
      .updateTable('conversation')
      .set({ ...changes, version: sql<number>`version + 1` })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  } catch (error) {
    if (isUniqueViolation(error, 'conversation_channel_name')) throw nameTaken();
    throw error;
  }
}

/** Sets whether every message of a conversation is reported to other modules. */
export async function updateWatched(tx: Transaction, id: string, isWatched: boolean): Promise<void> {
  await sql`update conversation set is_watched = ${isWatched} where id = ${id}`.execute(tx);
}

/** Deletes conversations without members. Their messages can no longer be read; a job deletes them later. */
export async function deleteConversations(tx: Transaction, ids: readonly string[]): Promise<void> {
  await sql`
    with gone as (delete from conversation where id = any(${ids}::uuid[]) returning id)
    insert into removed_conversation (id) select id from gone
  `.execute(tx);
}

/** The ids of all conversations of a workspace. */
export async function conversationIdsIn(db: Executor, workspaceId: string): Promise<string[]> {
  const rows = await db.selectFrom('conversation').select('id').where('workspace_id', '=', workspaceId).execute();
  return rows.map((row) => row.id);
}

/** Finds and locks the channel that new members of a workspace join, unless it is deleted or archived. */
export async function lockAutoJoin(tx: Transaction, workspaceId: string): Promise<ConversationRow | undefined> {
  return tx
    .selectFrom('conversation')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('auto_join', '=', true)
    .where('archived_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** The channel of a workspace with this name, ignoring case, if it has members. */
export async function channelByName(
  db: Executor,
  { workspaceId, userId, name }: { workspaceId: string; userId: string; name: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation c
    join conversation_member m on m.conversation_id = c.id and m.account_id = ${userId}
    where c.workspace_id = ${workspaceId} and c.kind = 'channel' and lower(c.name) = lower(${name})
    limit 1
  `.execute(db);
  return rows[0]?.id;
}

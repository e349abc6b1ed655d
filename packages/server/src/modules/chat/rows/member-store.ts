import { type RawBuilder, sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { MAX_CONVERSATIONS } from './policy.ts';
import type { ConversationMemberRow } from './tables.ts';

/** A person to be added to a conversation. */
export interface NewMember {
  userId: string;
  role: ConversationMemberRow['role'];
}

/**
 * Adds members to a conversation; existing members are unchanged. Earlier messages count as read.
 * @returns the rows of new members, by user id
 */
export async function insertMembers(
  tx: Transaction,
  conversationId: string,
  people: readonly NewMember[],
  now: Date,
): Promise<ConversationMemberRow[]> {
  const { rows } = await sql<ConversationMemberRow>`
    with head as (
      select coalesce((select seq from stream_head where name = ${`conversation:${conversationId}`}), 0) as seq
    ), added as (
      insert into conversation_member (conversation_id, account_id, role, joined_at, delivered_seq, read_seq)
      select ${conversationId}::uuid, person.id, person.role, ${now}::timestamptz, head.seq, head.seq
      from head, unnest(
        ${people.map(({ userId }) => userId)}::uuid[], ${people.map(({ role }) => role)}::text[]
      ) as person (id, role)
      order by person.id
      on conflict do nothing
      returning *
    )
    select * from added order by account_id
  `.execute(tx);
  return rows;
}

/** Removes one member from conversations. @returns the ids of the conversations that they were in */
export async function deleteMember(
  tx: Transaction,
  userId: string,
  conversationIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from conversation_member
    where account_id = ${userId} and conversation_id = any(${conversationIds}::uuid[])
    returning conversation_id as id
  `.execute(tx);
  return rows.map((row) => row.id).sort();
}

/** Selects the ids of the conversations that a person is in. */
export function conversationIds(userId: string): RawBuilder<{ id: string }> {
  return sql`select conversation_id as id from conversation_member where account_id = ${userId}`;
}

/** The ids of the conversations that a person is in, of one workspace or of all. */
export async function conversationIdsOf(db: Executor, userId: string, workspaceId?: string): Promise<string[]> {
  let query = db
    .selectFrom('conversation_member as m')
    .select('m.conversation_id as id')
    .where('account_id', '=', userId);
  if (workspaceId !== undefined) {
    query = query.innerJoin('conversation as c', 'c.id', 'm.conversation_id').where('c.workspace_id', '=', workspaceId);
  }
  return (await query.execute()).map((row) => row.id);
}

/** Those of `ids` that a person is a member of. */
export async function memberOfWhich(db: Executor, userId: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select conversation_id as id from conversation_member
    where account_id = ${userId} and conversation_id = any(${ids}::uuid[])
  `.execute(db);
  return rows.map((row) => row.id);
}

/** The members of these conversations, as pairs. */
export async function membersOf(db: Executor, conversationIds: readonly string[]): Promise<ConversationMemberRow[]> {
  const { rows } = await sql<ConversationMemberRow>`
    select * from conversation_member
    where conversation_id = any(${conversationIds}::uuid[])
    order by conversation_id, account_id
  `.execute(db);
  return rows;
}

/** The same by conversation; conversations without members are missing. */
export async function membersByConversation(
  db: Executor,
  conversationIds: readonly string[],
): Promise<Map<string, ConversationMemberRow[]>> {
  return Map.groupBy(await membersOf(db, conversationIds), (member) => member.conversation_id);
}

/** The members of a conversation sorted by id, after one of them. */
export async function memberPage(
  db: Executor,
  conversationId: string,
  page: { after: string | undefined; limit: number },
): Promise<ConversationMemberRow[]> {
  let query = db.selectFrom('conversation_member').selectAll().where('conversation_id', '=', conversationId);
  if (page.after !== undefined) query = query.where('account_id', '>', page.after);
  return query.orderBy('account_id').limit(page.limit).execute();
}

/** The number of members of each of these conversations. */
export async function memberCounts(db: Executor, conversationIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select conversation_id as id, count(*) as count from conversation_member
    where conversation_id = any(${conversationIds}::uuid[])
    group by conversation_id
  `.execute(db);
  return new Map(rows.map((row) => [row.id, row.count]));
}

/** Those of the people who are in the maximum number of conversations. */
export async function atConversationLimit(db: Executor, userIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from conversation_member
    where account_id = any(${userIds}::uuid[])
    group by account_id
    having count(*) >= ${MAX_CONVERSATIONS}
  `.execute(db);
  return rows.map((row) => row.id);
}

/** The conversations of each person, of those given. */
export async function conversationsByMember(
  db: Executor,
  conversationIds: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ userId: string; ids: string[] }>`
    select account_id as "userId", array_agg(conversation_id::text order by conversation_id) as ids
    from conversation_member where conversation_id = any(${conversationIds}::uuid[])
    group by account_id
    order by account_id
  `.execute(db);
  return new Map(rows.map(({ userId, ids }) => [userId, ids]));
}

/**
 * Removes all members of deleted conversations. Many small statements: one large one would run into the statement
 * timeout.
 */
export async function deleteMembersOf(
  tx: Transaction,
  conversationIds: readonly string[],
  batch = 20_000,
): Promise<void> {
  for (;;) {
    const { numAffectedRows } = await sql`
      delete from conversation_member where (conversation_id, account_id) in (
        select conversation_id, account_id from conversation_member
        where conversation_id = any(${conversationIds}::uuid[]) limit ${batch}
      )
    `.execute(tx);
    if ((numAffectedRows ?? 0n) === 0n) return;
  }
}

/** Those of these people who are not in a conversation. */
export async function absentFrom(db: Executor, conversationId: string, userIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select person.id from unnest(${userIds}::uuid[]) as person (id)
    where not exists (
      select from conversation_member where conversation_id = ${conversationId} and account_id = person.id
    )
  `.execute(db);
  return rows.map(({ id }) => id);
}

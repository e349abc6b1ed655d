import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** A workspace full of conversations, and people who see different parts of it. */
export interface ChatData {
  conversationIds: string[];
  /** In all conversations. */
  everywhere: string;
  /** In every fourth. */
  somewhere: string;
  /** In the two quietest. */
  hardlyAnywhere: string;
}

/** Makes people, a workspace and conversations without messages. */
export async function makeConversations(client: pg.ClientBase, count: number): Promise<ChatData> {
  const [everywhere, somewhere, hardlyAnywhere, workspaceId] = [1, 2, 3, 4].map(() => randomUUID()) as [
    string,
    string,
    string,
    string,
  ];
  const conversationIds = Array.from({ length: count }, () => randomUUID());
  for (const id of [everywhere, somewhere, hardlyAnywhere]) {
    await client.query(`insert into account (id, email, name) values ($1, $2, 'Someone')`, [id, `${id}@example.org`]);
  }
  await client.query(`insert into workspace (id, name, created_at) values ($1, 'Bench', now())`, [workspaceId]);
  await client.query(
    `insert into membership (workspace_id, account_id, role, joined_at)
     select $1, id, 'guest', now() from unnest($2::uuid[]) id`,
    [workspaceId, [everywhere, somewhere, hardlyAnywhere]],
  );
  await client.query(
    `insert into conversation (id, workspace_id, kind, visibility, name, created_at)
     select id, $1, 'group', 'private', 'Group', now() from unnest($2::uuid[]) id`,
    [workspaceId, conversationIds],
  );
  const join = (userId: string, ids: readonly string[]) =>
    client.query(
      `insert into conversation_member (conversation_id, account_id, role, joined_at)
       select id, $1, 'member', now() from unnest($2::uuid[]) id`,
      [userId, ids],
    );
  await join(everywhere, conversationIds);
  await join(
    somewhere,
    conversationIds.filter((_, at) => at % 4 === 0),
  );
  await join(hardlyAnywhere, conversationIds.slice(-2));
  return { conversationIds, everywhere, somewhere, hardlyAnywhere };
}

/** One message to be stored. */
export interface FilledMessage {
  conversationId: string;
  seq: number;
  senderId: string;
  content: string;
  createdAt: Date;
}

/** Stores messages as they are, past everything that sending does. */
export async function storeMessages(client: pg.ClientBase, messages: readonly FilledMessage[]): Promise<void> {
  await client.query({
    name: 'fill',
    text: `insert into message (id, conversation_id, seq, sender_id, client_message_id, type, content, created_at)
      select gen_random_uuid(), c, s, u, gen_random_uuid(), 'text', t, at
      from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::timestamptz[]) as m (c, s, u, t, at)`,
    values: [
      messages.map((message) => message.conversationId),
      messages.map((message) => message.seq),
      messages.map((message) => message.senderId),
      messages.map((message) => message.content),
      messages.map((message) => message.createdAt),
    ],
  });
}

/** The streams of the conversations, as if their events had been pruned already. */
export async function storeStreams(client: pg.ClientBase): Promise<void> {
  await client.query(`
    insert into stream (name, seq, floor)
    select 'conversation:' || conversation_id, max(seq), max(seq) from message group by conversation_id`);
}

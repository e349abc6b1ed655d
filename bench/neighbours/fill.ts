import { randomUUID } from 'node:crypto';
import type { Database } from '../../packages/server/src/platform/database/index.ts';
import { storeMessages, storeStreams } from '../lib/chat-data.ts';
import type { Someone } from '../presence/people.ts';

/** What the loads refer to. */
export interface World {
  conversationId: string;
  messageId: string;
}

const MESSAGES = 200;
const DRAFTS = 100;
const CONTENT = 'crème brûlée à la façon de Zoë, naïveté déjà vue '.repeat(160).slice(0, 7_900);

/** A conversation of the person with a page of long messages and as many drafts as there may be. */
export async function fill({ pool }: Database, { userId }: Someone): Promise<World> {
  const conversationId = randomUUID();
  await pool.query(
    `insert into conversation (id, workspace_id, kind, visibility, name, created_at)
     select $1, workspace_id, 'group', 'private', 'Group', now() from membership where account_id = $2`,
    [conversationId, userId],
  );
  await pool.query(
    `insert into conversation_member (conversation_id, account_id, role, joined_at) values ($1, $2, 'manager', now())`,
    [conversationId, userId],
  );
  const messages = Array.from({ length: MESSAGES }, (_, at) => ({
    conversationId,
    seq: at + 1,
    senderId: userId,
    content: `${at} ${CONTENT}`,
    createdAt: new Date(),
  }));
  const client = await pool.connect();
  try {
    await storeMessages(client, messages);
    await storeStreams(client);
  } finally {
    client.release();
  }
  await pool.query(
    `insert into draft (account_id, conversation_id, thread_id, content, updated_at)
     select $1, $2, gen_random_uuid(), $3, now() from generate_series(1, $4)`,
    [userId, conversationId, CONTENT, DRAFTS],
  );
  const { rows } = await pool.query<{ id: string }>('select id from message where conversation_id = $1 limit 1', [
    conversationId,
  ]);
  return { conversationId, messageId: rows[0]?.id ?? '' };
}

import type pg from 'pg';
import { type ChatData, makeConversations, storeStreams } from '../lib/chat-data.ts';

const CONVERSATIONS = 1_000;
const BITE = 100_000;

/** Conversations of equal size whose messages lie in the table as they came: mixed. */
export async function fill(client: pg.ClientBase, count: number, progress: (done: number) => void): Promise<ChatData> {
  const data = await makeConversations(client, CONVERSATIONS);
  for (let done = 0; done < count; done += BITE) {
    progress(done);
    await client.query(
      `insert into message (id, conversation_id, seq, sender_id, client_message_id, type, content, created_at)
       select uuidv7(), ($1::uuid[])[n % $2 + 1], n / $2 + 1, $3, uuidv7(), 'text', repeat(md5(n::text), 1 + n % 4),
         now() - (($5 - n) || ' seconds')::interval
       from generate_series($4::int, least($4 + $6, $5) - 1) n`,
      [data.conversationIds, CONVERSATIONS, data.everywhere, done, count, BITE],
    );
  }
  await storeStreams(client);
  // It is history that is measured: the search index has nothing to do.
  await client.query('insert into search_position (stream, seq) select name, seq from stream');
  await client.query('vacuum analyze');
  return data;
}

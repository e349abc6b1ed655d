import { randomBytes, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import type { Storage } from '../../packages/server/src/platform/storage/index.ts';
import { makeConversations } from '../lib/chat-data.ts';

const MESSAGE_BYTES = 6_000;
const AT_ONCE = 500;
/** As large as files may be. */
const FILE_BYTES = 10 * 1024 * 1024;

export interface Filled {
  messages: number;
  files: number;
}

/** Messages of so many bytes together. Random text shrinks to three quarters. */
async function fillMessages(
  client: pg.ClientBase,
  bytes: number,
  about: { conversationId: string; senderId: string },
): Promise<number> {
  const count = Math.ceil(bytes / MESSAGE_BYTES);
  for (let from = 0; from < count; from += AT_ONCE) {
    const contents = Array.from({ length: Math.min(AT_ONCE, count - from) }, () =>
      randomBytes((MESSAGE_BYTES * 3) / 4).toString('base64'),
    );
    await client.query(
      `insert into message (id, conversation_id, seq, sender_id, client_message_id, type, content, created_at)
       select uuidv7(), $1, $3::int + n, $2, gen_random_uuid(), 'text', content, now()
       from unnest($4::text[]) with ordinality as c (content, n)`,
      [about.conversationId, about.senderId, from, contents],
    );
  }
  await client.query(`insert into stream (name, seq) values ('conversation:' || $1, $2)`, [
    about.conversationId,
    count,
  ]);
  return count;
}

/** Files of so many bytes together, which do not shrink. */
async function fillFiles(
  client: pg.ClientBase,
  storage: Storage,
  { bytes, uploaderId, workspaceId }: { bytes: number; uploaderId: string; workspaceId: string },
): Promise<number> {
  const count = Math.ceil(bytes / FILE_BYTES);
  for (let file = 0; file < count; file += 1) {
    const id = randomUUID();
    const incoming = path.join(storage.incoming, id);
    await writeFile(incoming, randomBytes(FILE_BYTES));
    await storage.put(id, incoming);
    await client.query(
      `insert into attachment (
         id, workspace_id, uploader_id, upload_id, position, stored, filename, type, bytes, original_bytes, created_at
       ) values ($1, $2, $3, $1, 0, true, 'made.bin', 'application/pdf', $4, $4, now())`,
      [id, workspaceId, uploaderId, FILE_BYTES],
    );
  }
  return count;
}

/** An instance of so many bytes: a third of them messages, the rest files. */
export async function fill(client: pg.ClientBase, storage: Storage, bytes: number): Promise<Filled> {
  const { conversationIds, everywhere } = await makeConversations(client, 1);
  const { rows } = await client.query<{ id: string }>(`select id from workspace where name = 'Bench'`);
  const [conversationId = ''] = conversationIds;
  const messages = await fillMessages(client, bytes / 3, { conversationId, senderId: everywhere });
  const workspaceId = rows[0]?.id ?? '';
  const files = await fillFiles(client, storage, { bytes: (bytes * 2) / 3, uploaderId: everywhere, workspaceId });
  return { messages, files };
}

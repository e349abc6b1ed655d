import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { type MessageJson, messageFromJson } from '../rows/message-store.ts';
import { nextTime } from '../rows/next-time-store.ts';
import type { MessageRow, SavedMessageRow } from '../rows/tables.ts';

/** Saves a message after all others that the user has saved. @returns false if it was saved already */
export async function insertSaved(tx: Transaction, saved: SavedMessageRow): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into saved_message (account_id, message_id, conversation_id, saved_at)
    select ${saved.account_id}::uuid, ${saved.message_id}::uuid, ${saved.conversation_id}::uuid,
      ${nextTime('saved_at', saved.saved_at)}
    from saved_message where account_id = ${saved.account_id}
    on conflict do nothing
  `.execute(tx);
  return numAffectedRows === 1n;
}

/** Unsaves a message. @returns its conversation, or undefined if it was not saved */
export async function deleteSaved(tx: Transaction, userId: string, messageId: string): Promise<string | undefined> {
  const row = await tx
    .deleteFrom('saved_message')
    .where('account_id', '=', userId)
    .where('message_id', '=', messageId)
    .returning('conversation_id')
    .executeTakeFirst();
  return row?.conversation_id;
}

/** The number of messages that a user has saved. */
export async function countSaved(db: Executor, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from saved_message s join conversation c on c.id = s.conversation_id
    where s.account_id = ${userId}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** The last saved message of the previous page. */
export interface SavedPosition {
  /** In microseconds. */
  savedAt: number;
  messageId: string;
}

/** A saved message that the user may still see. */
export interface Saved {
  message: MessageRow;
  savedAt: Date;
  position: SavedPosition;
}

/**
 * A user's saved messages that they may still see, latest first.
 * @param openIn workspaces in which they see all public channels
 */
export async function savedPage(
  db: Executor,
  { userId, openIn }: { userId: string; openIn: readonly string[] },
  { after, limit }: { after: SavedPosition | undefined; limit: number },
): Promise<Saved[]> {
  const onward =
    after === undefined
      ? sql`true`
      : sql`(s.saved_at, s.message_id) <
          (to_timestamp(0) + ${after.savedAt}::bigint * interval '1 microsecond', ${after.messageId}::uuid)`;
  const { rows } = await sql<{ message: MessageJson; saved_at: Date; at: number }>`
    select to_json(m) as message, s.saved_at, (extract(epoch from s.saved_at) * 1000000)::bigint as at
    from saved_message s
    join message m on m.id = s.message_id
    join conversation c on c.id = s.conversation_id
    where s.account_id = ${userId} and ${onward}
      and (
        (c.visibility = 'public' and c.workspace_id = any(${openIn}::uuid[]))
        or exists (select from conversation_member cm where cm.conversation_id = c.id and cm.account_id = s.account_id)
      )
    order by s.saved_at desc, s.message_id desc
    limit ${limit}
  `.execute(db);
  return rows.map(({ message, saved_at, at }) => ({
    message: messageFromJson(message),
    savedAt: saved_at,
    position: { savedAt: at, messageId: message.id },
  }));
}

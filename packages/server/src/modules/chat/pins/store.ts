import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { type MessageJson, messageFromJson } from '../rows/message-store.ts';
import { nextTime } from '../rows/next-time-store.ts';
import type { MessageRow, PinRow } from '../rows/tables.ts';

/** Pins a message after all others in the conversation. @returns false if it was pinned already */
export async function insertPin(tx: Transaction, pin: PinRow): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into pin (conversation_id, message_id, pinned_by, pinned_at)
    select ${pin.conversation_id}::uuid, ${pin.message_id}::uuid, ${pin.pinned_by}::uuid,
      ${nextTime('pinned_at', pin.pinned_at)}
    from pin where conversation_id = ${pin.conversation_id}
    on conflict do nothing
  `.execute(tx);
  return numAffectedRows === 1n;
}

/** Unpins a message. @returns false if it was not pinned */
export async function deletePin(tx: Transaction, conversationId: string, messageId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('pin')
    .where('conversation_id', '=', conversationId)
    .where('message_id', '=', messageId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The number of pinned messages in a conversation. */
export async function countPins(db: Executor, conversationId: string): Promise<number> {
  const { count } = await db
    .selectFrom('pin')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('conversation_id', '=', conversationId)
    .executeTakeFirstOrThrow();
  return count;
}

/** The pinned messages of a conversation, first pinned first. */
export async function pinnedMessages(
  db: Executor,
  conversationId: string,
): Promise<{ pin: PinRow; message: MessageRow }[]> {
  const { rows } = await sql<PinRow & { message: MessageJson }>`
    select p.*, to_json(m) as message from pin p join message m on m.id = p.message_id
    where p.conversation_id = ${conversationId}
    order by p.pinned_at, p.message_id
  `.execute(db);
  return rows.map(({ message, ...pin }) => ({ pin, message: messageFromJson(message) }));
}

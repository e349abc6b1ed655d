import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { countsAsUnread } from '../rows/message-store.ts';
import { MAX_UNREAD } from '../rows/policy.ts';

/** The marks that a member wants to move. */
export interface ReceiptMove {
  conversationId: string;
  userId: string;
  deliveredSeq: number;
  readSeq: number;
}

/** A member's marks after the move. */
export interface MovedReceipt {
  conversationId: string;
  userId: string;
  deliveredSeq: number;
  readSeq: number;
  /** False if the marks were there already. */
  moved: boolean;
  /** The number of messages of others between the former read mark and this one. */
  newlyRead: number;
  unread: number;
}

/**
 * Moves marks forward: never back, never beyond the head; what is read has also been delivered.
 * Locks the members' rows in the order of conversation and member.
 * @param moves at most one per conversation and member
 * @returns in any order; former members are missing
 */
export async function moveReceipts(tx: Transaction, moves: readonly ReceiptMove[]): Promise<MovedReceipt[]> {
  const { rows } = await sql<MovedReceipt>`
    with input as materialized (
      select * from unnest(
        ${moves.map((move) => move.conversationId)}::uuid[],
        ${moves.map((move) => move.userId)}::uuid[],
        ${moves.map((move) => move.deliveredSeq)}::bigint[],
        ${moves.map((move) => move.readSeq)}::bigint[]
      ) as t (conversation_id, account_id, delivered, read)
    ), held as materialized (
      select m.conversation_id, m.account_id, m.delivered_seq, m.read_seq,
        least(i.read, s.seq) as read, least(greatest(i.delivered, i.read), s.seq) as delivered
      from conversation_member m
      join input i using (conversation_id, account_id)
      join stream_head s on s.name = 'conversation:' || m.conversation_id
      order by m.conversation_id, m.account_id
      for no key update of m
    ), marked as (
      update conversation_member m
      set read_seq = greatest(h.read_seq, h.read), delivered_seq = greatest(h.delivered_seq, h.delivered)
      from held h
      where m.conversation_id = h.conversation_id and m.account_id = h.account_id
        and (h.read > h.read_seq or h.delivered > h.delivered_seq)
      returning m.conversation_id, m.account_id
    ), now as (
      select conversation_id, account_id, read_seq as former, greatest(read_seq, read) as read_seq,
        greatest(delivered_seq, delivered) as delivered_seq
      from held
    )
    select n.conversation_id as "conversationId", n.account_id as "userId", n.read_seq as "readSeq",
      n.delivered_seq as "deliveredSeq", k.account_id is not null as moved,
      (
        select count(*) from message m
        where m.conversation_id = n.conversation_id and m.seq > n.former and m.seq <= n.read_seq
          and ${countsAsUnread(sql`n.account_id`)}
      ) as "newlyRead",
      (
        select count(*) from (
          select from message m
          where m.conversation_id = n.conversation_id and m.seq > n.read_seq and ${countsAsUnread(sql`n.account_id`)}
          limit ${sql.lit(MAX_UNREAD)}
        ) others
      ) as unread
    from now n
    left join marked k using (conversation_id, account_id)
  `.execute(tx);
  return rows;
}

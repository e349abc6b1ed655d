import { sizes } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { countsAsUnread } from '../rows/message-store.ts';
import { MAX_UNREAD } from '../rows/policy.ts';

/** A member's marks after the read mark was moved back. */
export interface RewoundReceipt {
  deliveredSeq: number;
  readSeq: number;
  /** False if the mark was at or before it. */
  moved: boolean;
  unread: number;
  /** The latest messages of others between this mark and the former one, in order. */
  unreadSeqs: number[];
  /** The latest messages after this mark that mention the member, in order. */
  mentions: number[];
}

/** Moves a read mark back to before a position, never forward. @returns undefined if the user is not a member */
export async function rewindReceipt(
  tx: Transaction,
  { conversationId, userId, fromSeq }: { conversationId: string; userId: string; fromSeq: number },
): Promise<RewoundReceipt | undefined> {
  const { rows } = await sql<RewoundReceipt>`
    with held as materialized (
      select m.conversation_id, m.account_id, m.delivered_seq, m.read_seq as former,
        least(m.read_seq, ${fromSeq - 1}::bigint) as read_seq
      from conversation_member m
      where m.conversation_id = ${conversationId} and m.account_id = ${userId}
      for no key update
    ), marked as (
      update conversation_member m set read_seq = h.read_seq
      from held h
      where m.conversation_id = h.conversation_id and m.account_id = h.account_id and h.read_seq < h.former
    )
    select h.delivered_seq as "deliveredSeq", h.read_seq as "readSeq", h.read_seq < h.former as moved,
      (
        select count(*) from (
          select from message m
          where m.conversation_id = h.conversation_id and m.seq > h.read_seq and ${countsAsUnread(sql`h.account_id`)}
          limit ${sql.lit(MAX_UNREAD)}
        ) others
      ) as unread,
      array(
        select m.seq from message m
        where m.conversation_id = h.conversation_id and m.seq > h.read_seq and m.seq <= h.former
          and ${countsAsUnread(sql`h.account_id`)}
        order by m.seq desc limit ${sql.lit(MAX_UNREAD)}
      ) as "unreadSeqs",
      array(
        select n.seq from mention n
        where n.account_id = h.account_id and n.conversation_id = h.conversation_id and n.seq > h.read_seq
        order by n.seq desc limit ${sql.lit(sizes.mentions)}
      ) as mentions
    from held h
  `.execute(tx);
  return rows.map(({ unreadSeqs, mentions, ...row }) => ({
    ...row,
    unreadSeqs: unreadSeqs.map(Number).reverse(),
    mentions: mentions.map(Number).reverse(),
  }))[0];
}

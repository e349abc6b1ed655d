import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** Numbers in the stream of a conversation; `after` is exclusive. */
interface SeqRange {
  conversationId: string;
  after: number;
  upTo: number;
}

/** The number of messages sent in the conversations of a workspace in a quarter of an hour. */
export interface SentCount {
  workspaceId: string;
  /** null: by webhooks. */
  senderId: string | null;
  /** The beginning of the quarter. */
  at: Date;
  messages: number;
}

/** Counts messages, including deleted ones, without system messages. Deleted conversations have none. */
export async function countSent(db: Executor, ranges: readonly SeqRange[]): Promise<SentCount[]> {
  const { rows } = await sql<SentCount>`
    select c.workspace_id as "workspaceId", case when m.via is null then m.sender_id end as "senderId",
      date_bin('15 minutes', m.created_at, timestamptz '1970-01-01 00:00Z') as at, count(*)::int as messages
    from unnest(
      ${ranges.map(({ conversationId }) => conversationId)}::uuid[], ${ranges.map(({ after }) => after)}::bigint[],
      ${ranges.map(({ upTo }) => upTo)}::bigint[]
    ) as r (id, after, up_to)
    join conversation c on c.id = r.id
    cross join lateral (
      select sender_id, via, created_at from message
      where conversation_id = r.id and seq > r.after and seq <= r.up_to and type <> 'system'
      offset 0
    ) m
    group by 1, 2, 3
  `.execute(db);
  return rows;
}

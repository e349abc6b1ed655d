import type { ConversationKind } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** What must be known about a conversation to accept a message. */
export interface CachedConversation {
  workspaceId: string;
  kind: ConversationKind;
  name: string | null;
  archived: boolean;
  /** Every message is reported to other modules. */
  isTold: boolean;
  /** The customer of a closed case: their next message reopens it. */
  closedFor: string | null;
  members: ReadonlySet<string>;
  /** The stream's audience_seq at the time of reading. */
  audienceSeq: number;
}

interface CachedConversationRow {
  workspace_id: string;
  kind: ConversationKind;
  name: string | null;
  archived: boolean;
  is_told: boolean;
  closed_for: string | null;
  audience_seq: number;
  member_ids: string[];
}

/** A conversation with its members, read in one statement; undefined if it does not exist. */
export async function readCachedConversation(
  db: Executor,
  conversationId: string,
): Promise<CachedConversation | undefined> {
  const { rows } = await sql<CachedConversationRow>`
    select c.workspace_id, c.kind, c.name, c.archived_at is not null as archived, s.audience_seq,
      c.kind = 'direct' or c.is_watched as is_told,
      case when c.support_status = 'closed' then c.customer_id end as closed_for,
      array(select account_id::text from conversation_member where conversation_id = c.id) as member_ids
    from conversation c
    join stream_head s on s.name = 'conversation:' || c.id
    where c.id = ${conversationId}
  `.execute(db);
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    workspaceId: row.workspace_id,
    kind: row.kind,
    name: row.name,
    archived: row.archived,
    isTold: row.is_told,
    closedFor: row.closed_for,
    members: new Set(row.member_ids),
    audienceSeq: row.audience_seq,
  };
}

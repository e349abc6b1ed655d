import { type ConversationState, sizes } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import { presentDraft } from '../drafts/present.ts';
import { MAX_UNREAD } from '../rows/policy.ts';
import type { DraftRow } from '../rows/tables.ts';

/** What belongs to a conversation besides messages: mentions of the viewer, their items, and pins. */
export type PersonalState = Pick<ConversationState, 'mentions' | 'threads' | 'pins' | 'saved' | 'drafts'>;

/** A row of draft in PostgreSQL's JSON form. */
type DraftJson = Omit<DraftRow, 'updated_at'> & { updated_at: string };

/** The state of a person who has nothing there. */
export const NO_PERSONAL_STATE: PersonalState = { mentions: [], threads: [], pins: [], saved: [], drafts: [] };

/** Maximum number of threads with unread replies that are shown with a conversation. */
const SHOWN_THREADS = 200;

/**
 * The personal state of several people in several conversations, in the given order; one query however many there are.
 */
export async function personalStates(
  db: Executor,
  views: readonly { viewerId: string; conversationId: string }[],
): Promise<PersonalState[]> {
  if (views.length === 0) return [];
  const { rows } = await sql<Omit<PersonalState, 'drafts'> & { drafts: DraftJson[] }>`
    select
      array(
        select seq from (
          select mention.seq from mention
          where mention.account_id = me.account_id and mention.conversation_id = me.conversation_id
            and mention.seq > me.read_seq
          order by mention.seq desc limit ${sql.lit(sizes.mentions)}
        ) latest order by seq
      ) as mentions,
      (
        select coalesce(json_agg(
          json_build_object('threadId', t.thread_id, 'readSeq', t.read_seq, 'unread', t.unread) order by t.thread_id
        ), '[]')
        from (
          select f.thread_id, f.read_seq, u.unread
          from thread_follower f
          cross join lateral (
            select count(*) as unread from (
              select from message r
              where r.thread_id = f.thread_id and r.seq > f.read_seq and r.sender_id <> f.account_id
                and r.deleted_at is null
              limit ${sql.lit(MAX_UNREAD)}
            ) others
          ) u
          where f.account_id = me.account_id and f.conversation_id = me.conversation_id and f.following
            and f.last_reply_seq > f.read_seq and u.unread > 0
          order by f.last_reply_seq desc
          limit ${sql.lit(SHOWN_THREADS)}
        ) t
      ) as threads,
      array(
        select message_id from pin where pin.conversation_id = view.conversation_id order by pinned_at, message_id
      ) as pins,
      array(
        select message_id from saved_message s
        where s.account_id = me.account_id and s.conversation_id = me.conversation_id
        order by saved_at, message_id
      ) as saved,
      (
        select coalesce(json_agg(d order by d.thread_id nulls first), '[]') from draft d
        where d.account_id = me.account_id and d.conversation_id = me.conversation_id
      ) as drafts
    from unnest(
      ${views.map(({ viewerId }) => viewerId)}::uuid[], ${views.map(({ conversationId }) => conversationId)}::uuid[]
    ) with ordinality as view (viewer_id, conversation_id, n)
    left join conversation_member me on me.account_id = view.viewer_id and me.conversation_id = view.conversation_id
    order by view.n
  `.execute(db);
  return rows.map(({ mentions, drafts, ...parts }) => ({
    ...parts,
    mentions: mentions.map(Number),
    drafts: drafts.map((draft) => presentDraft({ ...draft, updated_at: new Date(draft.updated_at) })),
  }));
}

import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import { countsAsUnread, type MessageJson, messageFromJson } from '../rows/message-store.ts';
import { MAX_UNREAD } from '../rows/policy.ts';
import type { ConversationRow, MessageRow } from '../rows/tables.ts';

/** A conversation as one person sees it, without its members. */
export interface Overview {
  viewerId: string;
  conversation: ConversationRow;
  /** Whether the viewer is a member. */
  joined: boolean;
  lastMessage: MessageRow | undefined;
  /** Number of messages of others that the viewer has not read, up to MAX_UNREAD; 0 for non-members. */
  unread: number;
}

interface OverviewRow extends ConversationRow {
  viewer_id: string;
  me: unknown;
  last: MessageJson | null;
  unread: number;
}

function toOverview({ viewer_id, me, last, unread, ...conversation }: OverviewRow): Overview {
  return {
    viewerId: viewer_id,
    conversation,
    joined: me !== null,
    lastMessage: last ? messageFromJson(last) : undefined,
    unread,
  };
}

const lastMessage = sql`
  left join lateral (
    select * from message m where m.conversation_id = c.id order by m.seq desc limit 1
  ) last on true
`;

/** Needs the member's row as `me`; without one the comparison is null and the count is 0. */
const unread = sql`(
  select count(*) from (
    select from message m
    where m.conversation_id = me.conversation_id and m.seq > me.read_seq and ${countsAsUnread(sql`me.account_id`)}
    limit ${sql.lit(MAX_UNREAD)}
  ) others
)`;

async function overviews(db: Executor, wanted: RawBuilder<unknown>): Promise<Overview[]> {
  const { rows } = await sql<OverviewRow>`
    select c.*, wanted.viewer_id, me.account_id as me, to_json(last) as last, ${unread} as unread
    from (${wanted}) wanted (viewer_id, conversation_id)
    join conversation c on c.id = wanted.conversation_id
    left join conversation_member me on me.conversation_id = c.id and me.account_id = wanted.viewer_id
    ${lastMessage}
    order by c.id, wanted.viewer_id
  `.execute(db);
  return rows.map(toOverview);
}

/** All conversations that a person is in. */
export function overviewsOf(db: Executor, userId: string): Promise<Overview[]> {
  return overviews(db, sql`select account_id, conversation_id from conversation_member where account_id = ${userId}`);
}

/** A person and the conversation that they look at. */
export interface View {
  viewerId: string;
  conversationId: string;
}

/** Conversations as several people see them; ids without a conversation are missing. */
export function overviewsFor(db: Executor, views: readonly View[]): Promise<Overview[]> {
  const viewers = views.map(({ viewerId }) => viewerId);
  const conversations = views.map(({ conversationId }) => conversationId);
  return overviews(db, sql`select distinct * from unnest(${viewers}::uuid[], ${conversations}::uuid[])`);
}

/** The sort key of a conversation in a list: the time of its last activity in microseconds, and its id. */
export interface ListPosition {
  activeAt: number;
  id: string;
}

/** The conversations in a list. */
export interface ListQuery {
  viewerId: string;
  /** `directory`: every public channel of the workspace. */
  scope: 'mine' | 'directory';
  workspaceId: string | undefined;
  after: ListPosition | undefined;
  limit: number;
}

/** A page of conversations, latest active first. */
export async function overviewPage(
  db: Executor,
  { viewerId, scope, workspaceId, after, limit }: ListQuery,
): Promise<(Overview & { position: ListPosition })[]> {
  const inScope =
    scope === 'mine' ? sql`me.account_id is not null` : sql`c.kind = 'channel' and c.visibility = 'public'`;
  const inWorkspace = workspaceId === undefined ? sql`true` : sql`c.workspace_id = ${workspaceId}`;
  const onward =
    after === undefined ? sql`true` : sql`(a.active_at, c.id) < (${after.activeAt}::bigint, ${after.id}::uuid)`;
  // Unread messages are counted in the outer query: for the page only, not for all candidates.
  const { rows } = await sql<OverviewRow & { active_at: number }>`
    select c.*, ${unread} as unread
    from (
      select c.*, ${viewerId}::uuid as viewer_id, me.account_id as me, to_json(last) as last, a.active_at
      from conversation c
      left join conversation_member me on me.conversation_id = c.id and me.account_id = ${viewerId}
      ${lastMessage}
      cross join lateral (
        select (extract(epoch from greatest(last.created_at, c.created_at)) * 1000000)::bigint as active_at
      ) a
      where ${inScope} and ${inWorkspace} and ${onward}
      order by a.active_at desc, c.id desc
      limit ${limit}
    ) c
    left join conversation_member me on me.conversation_id = c.id and me.account_id = ${viewerId}
    order by c.active_at desc, c.id desc
  `.execute(db);
  return rows.map(({ active_at, ...row }) => ({ ...toOverview(row), position: { activeAt: active_at, id: row.id } }));
}

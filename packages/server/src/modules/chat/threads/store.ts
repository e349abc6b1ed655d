import type { ThreadSummary } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { type MessageJson, messageFromJson } from '../rows/message-store.ts';
import { MAX_UNREAD } from '../rows/policy.ts';
import type { MessageRow, ThreadFollowerRow } from '../rows/tables.ts';

/** Maximum number of latest participants that are shown. */
const SHOWN_PARTICIPANTS = 5;

/** The summary of a thread with one more reply. */
export function withReply(
  thread: ThreadSummary | null,
  { senderId, seq, at }: { senderId: string; seq: number; at: Date },
): ThreadSummary {
  const others = (thread?.participants ?? []).filter((id) => id !== senderId);
  return {
    replyCount: (thread?.replyCount ?? 0) + 1,
    lastReplyAt: at.toISOString(),
    lastReplySeq: seq,
    participants: [senderId, ...others].slice(0, SHOWN_PARTICIPANTS),
  };
}

/** Stores the summaries of threads: in their first messages, which the caller has locked, and for followers. */
export async function writeThreads(tx: Transaction, threads: ReadonlyMap<string, ThreadSummary | null>): Promise<void> {
  if (threads.size === 0) return;
  const ids = [...threads.keys()];
  const summaries = [...threads.values()];
  await sql`
    update message m set thread = t.thread::jsonb
    from unnest(${ids}::uuid[], ${summaries.map((each) => each && JSON.stringify(each))}::text[]) as t (id, thread)
    where m.id = t.id
  `.execute(tx);
  await sql`
    update thread_follower f set last_reply_seq = t.seq, last_reply_at = t.at
    from unnest(
      ${ids}::uuid[], ${summaries.map((each) => each?.lastReplySeq ?? null)}::bigint[],
      ${summaries.map((each) => each?.lastReplyAt ?? null)}::timestamptz[]
    ) as t (id, seq, at)
    where f.thread_id = t.id
  `.execute(tx);
}

interface CountedThread {
  threadId: string;
  count: number;
  seq: number | null;
  at: Date | null;
  people: string[];
}

/** Recounts the summaries of threads; null if there is no reply left. */
export async function countThreads(
  db: Executor,
  threadIds: readonly string[],
): Promise<Map<string, ThreadSummary | null>> {
  const { rows } = await sql<CountedThread>`
    select root.id as "threadId", said.count, last.seq, last.created_at as at, said.people
    from unnest(${threadIds}::uuid[]) as root (id)
    left join lateral (
      select seq, created_at from message where thread_id = root.id and deleted_at is null order by seq desc limit 1
    ) last on true
    cross join lateral (
      select coalesce(sum(replies), 0)::bigint as count,
        coalesce((array_agg(sender_id order by latest desc))[:${sql.lit(SHOWN_PARTICIPANTS)}], '{}') as people
      from (
        select sender_id, count(*) as replies, max(seq) as latest
        from message where thread_id = root.id and deleted_at is null group by sender_id
      ) by_sender
    ) said
  `.execute(db);
  return new Map(rows.map((row) => [row.threadId, summaryOf(row)]));
}

function summaryOf({ count, seq, at, people }: CountedThread): ThreadSummary | null {
  if (seq === null || at === null) return null;
  return { replyCount: count, lastReplyAt: at.toISOString(), lastReplySeq: seq, participants: people };
}

/** The requested replies of a thread: at most `limit` before or from a position on. */
export interface ReplyWindow {
  threadId: string;
  pivot: number;
  direction: 'before' | 'from';
  limit: number;
}

/** Replies in order. */
export async function replyPage(
  db: Executor,
  { threadId, pivot, direction, limit }: ReplyWindow,
): Promise<MessageRow[]> {
  const { rows } = await (direction === 'before'
    ? sql<MessageRow>`
        select * from message where thread_id = ${threadId} and seq < ${pivot} order by seq desc limit ${limit}
      `
    : sql<MessageRow>`
        select * from message where thread_id = ${threadId} and seq >= ${pivot} order by seq limit ${limit}
      `
  ).execute(db);
  return direction === 'before' ? rows.reverse() : rows;
}

/** True if a thread has a reply before that position. */
export async function hasReplyBefore(db: Executor, threadId: string, seq: number): Promise<boolean> {
  const { rows } = await sql`select from message where thread_id = ${threadId} and seq < ${seq} limit 1`.execute(db);
  return rows.length > 0;
}

/** Replies of others that a follower `f` has not read. */
const unreadReplies = sql<number>`(
  select count(*) from (
    select from message r
    where r.thread_id = f.thread_id and r.seq > f.read_seq and r.sender_id <> f.account_id and r.deleted_at is null
    limit ${sql.lit(MAX_UNREAD)}
  ) others
)`;

/** A user's row in a thread with the number of unread replies. */
export interface FollowerState extends ThreadFollowerRow {
  unread: number;
}

/** The positions of users in threads; users without one are missing. */
export async function followersFor(
  db: Executor,
  places: readonly { threadId: string; userId: string }[],
): Promise<FollowerState[]> {
  const { rows } = await sql<FollowerState>`
    select f.*, case when f.following then ${unreadReplies} else 0 end as unread
    from thread_follower f
    where (f.thread_id, f.account_id) in (
      select * from unnest(
        ${places.map(({ threadId }) => threadId)}::uuid[], ${places.map(({ userId }) => userId)}::uuid[]
      )
    )
  `.execute(db);
  return rows;
}

/** All rows of these threads, following or not, locked until the transaction ends. */
export async function lockFollowers(tx: Transaction, threadIds: readonly string[]): Promise<ThreadFollowerRow[]> {
  const { rows } = await sql<ThreadFollowerRow>`
    select * from thread_follower where thread_id = any(${threadIds}::uuid[])
    order by thread_id, account_id
    for no key update
  `.execute(tx);
  return rows;
}

/** Adds rows for users in a thread; existing ones are unchanged. */
export async function insertFollowers(
  tx: Transaction,
  { threadId, conversationId, readSeq }: { threadId: string; conversationId: string; readSeq: number },
  userIds: readonly string[],
): Promise<void> {
  await sql`
    insert into thread_follower (thread_id, account_id, conversation_id, following, read_seq)
    select ${threadId}::uuid, id, ${conversationId}::uuid, true, ${readSeq}::bigint
    from unnest(${userIds}::uuid[]) as person (id)
    order by id
    on conflict do nothing
  `.execute(tx);
}

/** Sets whether a user follows a thread, and moves their mark forward. */
export async function putFollower(
  tx: Transaction,
  follower: Omit<ThreadFollowerRow, 'last_reply_seq' | 'last_reply_at'>,
  thread: ThreadSummary | null,
): Promise<void> {
  const { following, read_seq } = follower;
  const last_reply_seq = thread?.lastReplySeq ?? null;
  const last_reply_at = thread ? new Date(thread.lastReplyAt) : null;
  await tx
    .insertInto('thread_follower')
    .values({ ...follower, last_reply_seq, last_reply_at })
    .onConflict((clash) =>
      clash
        .columns(['thread_id', 'account_id'])
        .doUpdateSet({ following, read_seq: sql`greatest(thread_follower.read_seq, ${read_seq})` }),
    )
    .execute();
}

/** A thread in the list of those that a user follows. */
export interface FollowedThread {
  message: MessageRow;
  place: FollowerState;
}

/** The requested threads that a user follows: at most `limit` after one of them. */
export interface FollowedQuery {
  userId: string;
  after: { lastReplyAt: string; id: string } | undefined;
  limit: number;
}

/** Selects by the followers' own rows, so that it reads one page and not all messages of threads. */
export function followedQuery({ userId, after, limit }: FollowedQuery) {
  const onward =
    after === undefined
      ? sql`true`
      : sql`(f.last_reply_at, f.thread_id) < (${after.lastReplyAt}::timestamptz, ${after.id}::uuid)`;
  return sql<FollowerState & { message: MessageJson }>`
    select f.*, ${unreadReplies} as unread, to_json(m) as message
    from (
      select * from thread_follower f
      where f.account_id = ${userId} and f.following and f.last_reply_at is not null and ${onward}
        and exists (select from conversation c where c.id = f.conversation_id)
      order by f.last_reply_at desc, f.thread_id desc
      limit ${limit}
    ) f
    join message m on m.id = f.thread_id
    order by f.last_reply_at desc, f.thread_id desc
  `;
}

/** Threads that a user follows, latest active first. */
export async function followedPage(db: Executor, query: FollowedQuery): Promise<FollowedThread[]> {
  const { rows } = await followedQuery(query).execute(db);
  return rows.map(({ message, ...place }) => ({ message: messageFromJson(message), place }));
}

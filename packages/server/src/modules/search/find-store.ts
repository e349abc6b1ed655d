import { type RawBuilder, sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';

/** The position of an entry in time order: microseconds since 1970, and its id. */
export interface EntryPosition {
  at: number;
  id: string;
}

/** Selects entries. */
export interface EntryQuery {
  /** A tsquery; empty: any text. */
  terms: string;
  conversationIds: readonly string[];
  /** The conversations have so few messages that they are the best index to start from. */
  fewMessages: boolean;
  authorId: string | undefined;
  /** Inclusive. */
  since: Date | undefined;
  /** Exclusive. */
  until: Date | undefined;
}

/** A period, in microseconds since 1970. */
export interface Period {
  /** Inclusive; undefined: from the beginning. */
  from: number | undefined;
  /** Exclusive; undefined: to the end. */
  before: EntryPosition | undefined;
}

const instant = (at: number) => sql`to_timestamp(${at}::float8 / 1000000)`;
const micros = sql`(extract(epoch from created_at) * 1000000)::bigint`;

/** The conditions on an entry, except for its text. */
function conditionsOf(query: EntryQuery, { from, before }: Period): RawBuilder<unknown> {
  const { terms, conversationIds, fewMessages, authorId, since, until } = query;
  const inConversations = sql`place_id = any(${conversationIds}::uuid[])`;
  const conditions: RawBuilder<unknown>[] = [
    // The planner overestimates conditions on many words, and would read all messages of the conversations.
    fewMessages || terms === '' ? inConversations : isTrue(inConversations),
    ...(authorId === undefined ? [] : [sql`author_id = ${authorId}`]),
    ...(since === undefined ? [] : [sql`created_at >= ${since}`]),
    ...(until === undefined ? [] : [sql`created_at < ${until}`]),
    ...inPeriod({ from, before }),
  ];
  return sql.join(conditions, sql` and `);
}

function inPeriod({ from, before }: Period): RawBuilder<unknown>[] {
  return [
    ...(from === undefined ? [] : [sql`created_at >= ${instant(from)}`]),
    ...(before === undefined ? [] : [sql`(created_at, id) < (${instant(before.at)}, ${before.id}::uuid)`]),
  ];
}

/** The same condition, written so that no index is used. */
const isTrue = (condition: RawBuilder<unknown>) => sql`(${condition}) is true`;
const says = (terms: string) => (terms === '' ? sql`true` : sql`terms @@ ${terms}::tsquery`);

/** How to search a period. */
export interface Look {
  /** Whether to use the index of terms; it does not help with frequent terms. */
  byTerms: boolean;
  /** Stops after that many, in no order: these are the newest only if there are fewer. */
  examine?: number;
  show: number;
}

/** Entries of a period, newest first. They are filtered before they are sorted, so that no plan scans the whole table. */
export function entriesQuery(query: EntryQuery, period: Period, { byTerms, examine, show }: Look) {
  const said = byTerms ? says(query.terms) : isTrue(says(query.terms));
  const examined = examine === undefined ? sql`` : sql`limit ${examine}`;
  return sql<EntryPosition>`
    with found as materialized (
      select id, created_at from search_entry where ${said} and ${conditionsOf(query, period)} ${examined}
    )
    select id, ${micros} as at from found order by created_at desc, id desc limit ${show}
  `;
}

/** Counts the entries of a period that match the terms, in all conversations. */
export function frequencyQuery(terms: string, period: Period) {
  return sql<{ said: number }>`
    select count(*) as said from search_entry where ${sql.join([isTrue(says(terms)), ...inPeriod(period)], sql` and `)}
  `;
}

/** Runs the count. */
export async function frequencyIn(db: Executor, terms: string, period: Period): Promise<number> {
  return (await frequencyQuery(terms, period).execute(db)).rows[0]?.said ?? 0;
}

/** Reads the entries. */
export async function entries(db: Executor, query: EntryQuery, period: Period, look: Look): Promise<EntryPosition[]> {
  return (await entriesQuery(query, period, look).execute(db)).rows;
}

interface EdgeRow {
  newest: number | null;
  edge: number | null;
  oldest: number | null;
}

/** The times of the newest entry before a position, of the `count`th after it, and of the oldest entry. */
export function edgeQuery(before: EntryPosition | undefined, count: number) {
  const condition = before === undefined ? sql`true` : sql`created_at <= ${instant(before.at)}`;
  const newest = sql`select ${micros} from search_entry where ${condition} order by created_at desc`;
  return sql<EdgeRow>`
    select
      (${newest} limit 1) as newest,
      (${newest} offset ${count} limit 1) as edge,
      (select ${micros} from search_entry order by created_at limit 1) as oldest
  `;
}

/** The start of the period with the `count` newest entries before a position; undefined if there are fewer. */
export async function edgeOf(
  db: Executor,
  before: EntryPosition | undefined,
  count: number,
): Promise<{ newest: number; edge: number | undefined; oldest: number }> {
  const { rows } = await edgeQuery(before, count).execute(db);
  const [row] = rows;
  return { newest: row?.newest ?? 0, edge: row?.edge ?? undefined, oldest: row?.oldest ?? 0 };
}

/**
 * Makes the planner use bitmap scans for the rest of the transaction. It cannot estimate how many entries contain a rare
 * word or one of many words, and a wrong estimate would read the whole table.
 */
export async function preferBitmapScans(tx: Transaction): Promise<void> {
  await sql`
    select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true),
      set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)
  `.execute(tx);
}

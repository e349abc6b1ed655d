import { type RawBuilder, sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';

/** Where an entry stands in the order of time: microseconds since 1970, and its id. */
export interface EntryPosition {
  at: number;
  id: string;
}

/** Which entries are asked for. */
export interface EntryQuery {
  /** A tsquery; empty: whatever they say. */
  terms: string;
  places: readonly string[];
  /** There is so little in the places that they are worth beginning with. */
  quiet: boolean;
  authorId: string | undefined;
  /** Not before this instant… */
  since: Date | undefined;
  /** …and before this one. */
  until: Date | undefined;
}

/** A stretch of time, in microseconds since 1970. */
export interface Stretch {
  /** From here on; undefined: from the beginning. */
  from: number | undefined;
  /** Only what stands before; undefined: up to the end. */
  before: EntryPosition | undefined;
}

const instant = (at: number) => sql`to_timestamp(${at}::float8 / 1000000)`;
const micros = sql`(extract(epoch from created_at) * 1000000)::bigint`;

/** What has to be true of an entry, apart from what it says. */
function conditionsOf(query: EntryQuery, { from, before }: Stretch): RawBuilder<unknown> {
  const { terms, places, quiet, authorId, since, until } = query;
  const inPlaces = sql`place_id = any(${places}::uuid[])`;
  const conditions: RawBuilder<unknown>[] = [
    // The planner takes many words together for more than they are, and would rather read all that is in the places.
    quiet || terms === '' ? inPlaces : isTrue(inPlaces),
    ...(authorId === undefined ? [] : [sql`author_id = ${authorId}`]),
    ...(since === undefined ? [] : [sql`created_at >= ${since}`]),
    ...(until === undefined ? [] : [sql`created_at < ${until}`]),
    ...inStretch({ from, before }),
  ];
  return sql.join(conditions, sql` and `);
}

function inStretch({ from, before }: Stretch): RawBuilder<unknown>[] {
  return [
    ...(from === undefined ? [] : [sql`created_at >= ${instant(from)}`]),
    ...(before === undefined ? [] : [sql`(created_at, id) < (${instant(before.at)}, ${before.id}::uuid)`]),
  ];
}

/** The same condition, for which no index is used. */
const isTrue = (condition: RawBuilder<unknown>) => sql`(${condition}) is true`;
const says = (terms: string) => (terms === '' ? sql`true` : sql`terms @@ ${terms}::tsquery`);

/** How a stretch of time is looked through. */
export interface Look {
  /** Whether the index of terms is of use: for what is frequent it is not. */
  byTerms: boolean;
  /** Stop after that many, in no order: what was found is the newest only if there are fewer. */
  examine?: number;
  show: number;
}

/** Entries in a stretch of time, the newest first. The filter is done before sorting: no plan walks the whole table. */
export function entriesQuery(query: EntryQuery, stretch: Stretch, { byTerms, examine, show }: Look) {
  const said = byTerms ? says(query.terms) : isTrue(says(query.terms));
  const examined = examine === undefined ? sql`` : sql`limit ${examine}`;
  return sql<EntryPosition>`
    with found as materialized (
      select id, created_at from search_entry where ${said} and ${conditionsOf(query, stretch)} ${examined}
    )
    select id, ${micros} as at from found order by created_at desc, id desc limit ${show}
  `;
}

/** How many entries of a stretch of time say what is asked for, whoever and wherever. */
export function frequencyQuery(terms: string, stretch: Stretch) {
  return sql<{ said: number }>`
    select count(*) as said from search_entry where ${sql.join([isTrue(says(terms)), ...inStretch(stretch)], sql` and `)}
  `;
}

/** Counts them. */
export async function frequencyIn(db: Executor, terms: string, stretch: Stretch): Promise<number> {
  return (await frequencyQuery(terms, stretch).execute(db)).rows[0]?.said ?? 0;
}

/** Reads them. */
export async function entries(db: Executor, query: EntryQuery, stretch: Stretch, look: Look): Promise<EntryPosition[]> {
  return (await entriesQuery(query, stretch, look).execute(db)).rows;
}

interface EdgeRow {
  newest: number | null;
  edge: number | null;
  oldest: number | null;
}

/** The instants of the newest entry before a position, of the `count`th after that one, and of the oldest of all. */
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

/** Where the newest entries before a position begin: undefined when there are fewer than `count`. */
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
 * Tells the planner for the rest of the transaction to go by the bitmaps of the indexes. It knows little of how many
 * entries hold a rare word or one of many, and a wrong guess would read the whole table.
 */
export async function planBySets(tx: Transaction): Promise<void> {
  await sql`
    select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true),
      set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)
  `.execute(tx);
}

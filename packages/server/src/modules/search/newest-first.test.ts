import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Database, Transaction } from '../../platform/database/index.ts';
import { type EntryPosition, type EntryQuery, edgeQuery, entriesQuery, preferBitmapScans } from './find-store.ts';
import { newestFirst } from './newest-first.ts';

const ENTRIES = 8_000;
const [busy, calm] = [randomUUID(), randomUUID()] as [string, string];
let database: Database;

beforeAll(async () => {
  database = await testDatabase();
  // Many at the same instant, and most of them recent, to test order and periods.
  await sql`
    insert into search_entry (id, place_id, author_id, created_at, terms)
    select gen_random_uuid(), case when n % 500 = 0 then ${calm}::uuid else ${busy}::uuid end, gen_random_uuid(),
      timestamptz '2026-01-01' - interval '1 minute' * (((${ENTRIES}::int - n) / 250) ^ 2),
      array_to_tsvector(array['every', 'w' || n % 7, 'v' || n % 900, 'u' || n, '~' || left('u' || n, 3)])
    from generate_series(1, ${ENTRIES}::int) n
  `.execute(database.db);
  await sql`analyze search_entry`.execute(database.db);
});
afterAll(() => database.close());

const query = (terms: string, conversationIds: readonly string[] = [busy, calm]): EntryQuery => ({
  terms,
  conversationIds,
  fewMessages: !conversationIds.includes(busy),
  authorId: undefined,
  since: undefined,
  until: undefined,
});

async function allOf(wanted: EntryQuery, after?: EntryPosition): Promise<string[]> {
  return database.transaction(async (tx) => {
    const ids: string[] = [];
    for await (const portion of newestFirst(tx, wanted, after)) ids.push(...portion.map(({ id }) => id));
    return ids;
  });
}

async function expected(terms: string, conversationIds: readonly string[]): Promise<EntryPosition[]> {
  const { rows } = await sql<EntryPosition>`
    select id, (extract(epoch from created_at) * 1000000)::bigint as at from search_entry
    where place_id = any(${conversationIds}::uuid[]) and terms @@ ${terms}::tsquery
    order by created_at desc, id desc
  `.execute(database.db);
  return rows;
}

describe('newest first', () => {
  it.each([
    ['what every entry says', "'every'", [busy, calm]],
    ['what every entry says, in a conversation with few messages', "'every'", [calm]],
    ['what is frequent', "'w3'", [busy, calm]],
    ['what is rare', "'v17'", [busy, calm]],
    ['what is said once', "'u12'", [busy]],
    ['what nobody says', "'nothing'", [busy, calm]],
  ])('%s, from the start and from any position', async (_, terms, conversationIds) => {
    const all = await expected(terms, conversationIds);
    expect(await allOf(query(terms, conversationIds))).toEqual(all.map(({ id }) => id));
    for (const at of [0, 199, all.length - 2]) {
      const after = all[at];
      if (after === undefined) continue;
      expect(await allOf(query(terms, conversationIds), after)).toEqual(all.slice(at + 1).map(({ id }) => id));
    }
  });

  it('reads only as much as is requested', async () => {
    await database.transaction(async (tx) => {
      for await (const portion of newestFirst(tx, query("'every'"), undefined)) {
        expect(portion).toHaveLength(200);
        break;
      }
    });
  });
});

interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

/** The parts of the plan that read a table or an index, with the index. */
async function scansOf(
  statement: RawBuilder<unknown>,
  prepare: (tx: Transaction) => Promise<void> = preferBitmapScans,
): Promise<string[]> {
  const scans = ({ 'Node Type': type, 'Index Name': index, Plans = [] }: PlanNode): string[] => [
    ...(/Seq Scan|Index/.test(type) ? [index ?? type] : []),
    ...Plans.flatMap(scans),
  ];
  return database.transaction(async (tx) => {
    await prepare(tx);
    const { rows } = await sql<{ 'QUERY PLAN': { Plan: PlanNode }[] }>`explain (format json) ${statement}`.execute(tx);
    return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => scans(Plan)));
  });
}

const asItIs = async () => undefined;

describe('the plan', () => {
  const everything = { from: undefined, before: undefined };
  const few = { byTerms: true, examine: 1_000, show: 1_000 };

  it.each([
    ['a rare word', "'u12'"],
    ['two words', "'w3' & 'v17'"],
    ['a beginning', "'u12':*"],
    ['a part of a word', "('u12':* | '~u12' & '~129')"],
    ['a word that nobody wrote', "'nothing'"],
  ])('of %s uses the index of terms', async (_, terms) => {
    const scans = await scansOf(entriesQuery(query(terms), everything, few));
    expect(scans).toContain('search_entry_terms');
    expect(scans).not.toContain('Seq Scan');
  });

  it('for the newest entries uses the index of time', async () => {
    const edge = (await expected("'every'", [busy, calm]))[300];
    const scans = await scansOf(
      entriesQuery(query("'every'"), { from: edge?.at, before: undefined }, { byTerms: false, show: 200 }),
    );
    expect(scans).toEqual(['search_entry_created_at']);
    expect(await scansOf(edgeQuery(undefined, 2_000), asItIs)).toEqual(Array(3).fill('search_entry_created_at'));
  });

  it('in a conversation with few messages uses the index of conversations', async () => {
    expect(await scansOf(entriesQuery(query("'every'", [calm]), everything, few))).toContain('search_entry_place');
  });
});

import { randomUUID } from 'node:crypto';
import type { Message } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from '../../platform/database/index.ts';
import { findBest, findNewest } from './find.ts';
import { createPace } from './pace.ts';
import type { MessageSource } from './source.ts';
import { parseQuery } from './text/query.ts';

const MINE = randomUUID();
let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Adds entries to a conversation, one for each minute before now. */
async function fill(conversationId: string, count: number): Promise<void> {
  await sql`
    insert into search_entry (id, place_id, author_id, created_at, terms)
    select gen_random_uuid(), ${conversationId}::uuid, gen_random_uuid(),
      timestamptz '2026-01-01' - n * interval '3 days' / ${count}::int, 'word'::tsvector
    from generate_series(1, ${count}::int) n
  `.execute(database.db);
}

/** A source of messages with the same text. */
const saying = (content: string) =>
  ({
    show: async (_db: unknown, ids: readonly string[]) =>
      new Map(ids.map((id) => [id, { id, content } as unknown as Message])),
  }) as unknown as MessageSource;

const find = <Result>(content: string, run: (finding: Parameters<typeof findBest>[0]) => Promise<Result>) =>
  database.transaction((tx) => {
    const entries = {
      terms: "'word'",
      conversationIds: [MINE],
      fewMessages: true,
      authorId: undefined,
      since: undefined,
    };
    const search = { clauses: parseQuery('word'), entries: { ...entries, until: undefined } };
    return run({ tx, source: saying(content), search, pace: createPace() });
  });

describe('the number of messages that are read', () => {
  const pages = async (content: string) => ({
    newest: await find(content, (finding) => findNewest(finding, { after: undefined, limit: 50 })),
    best: (await find(content, (finding) => findBest(finding, undefined))).map(({ position }) => position),
  });

  it('depends only on what the caller can read, whatever others have written in between', async () => {
    await fill(MINE, 5_000);
    const before = { inVain: await pages('another'), found: await pages('word') };
    await fill(randomUUID(), 3_333);
    expect(await pages('another')).toEqual(before.inVain);
    expect(await pages('word')).toEqual(before.found);
    expect(before.inVain.newest.hits).toEqual([]);
    expect(before.inVain.newest.next).toBeDefined();
    expect(before.found.best).toHaveLength(500);
  });

  it('is limited by the length of the messages', async () => {
    let read = 0;
    const long = 'é'.repeat(8_000);
    await find(long, (finding) => {
      const show: MessageSource['show'] = (db, ids) => {
        read += ids.length;
        return finding.source.show(db, ids);
      };
      return findNewest({ ...finding, source: { ...finding.source, show } }, { after: undefined, limit: 50 });
    });
    expect(read).toBeLessThanOrEqual(160);
  });

  it('yields to other work', async () => {
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const pace = createPace();
    for (let n = 0; n < 20; n++) {
      const end = performance.now() + 2;
      while (performance.now() < end);
      await pace();
    }
    isOver = true;
    expect(turns).toBeGreaterThan(5);
  });
});

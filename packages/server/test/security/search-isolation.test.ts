import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { messageSource } from '../../src/modules/chat/search/source.ts';
import { Indexer } from '../../src/modules/search/index.ts';
import { type Person, type Team, type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let mine: Team;
let indexer: Indexer;
beforeAll(async () => {
  world = await testWorld();
  mine = await world.workspace();
  indexer = new Indexer({ database: world.database, source: messageSource, log: { warn: () => undefined } });
});
afterAll(() => world.close());

async function indexed(): Promise<void> {
  const behind = () =>
    world.database.pool.query(`
      select from stream s left join search_position p on p.stream = s.name
      where s.name like 'conversation:%' and s.seq > coalesce(p.seq, 0)`);
  const isBehind = async () => {
    await indexer.catchUp();
    return (await behind()).rows.length > 0;
  };
  await expect.poll(isBehind, { timeout: 20_000 }).toBe(false);
}

/** Everything that some queries find, page after page, as the caller gets it. */
type Answers = (asker: Person, queries: readonly string[]) => Promise<unknown>;

const answers: Answers = async (asker, queries) => {
  const found: Record<string, unknown> = {};
  for (const q of queries) {
    for (const order of ['newest', 'best'] as const) {
      const pages: unknown[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await asker.api.search.messages({ q, order, limit: 3, cursor });
        pages.push(page.items.map(({ message, snippet }) => [message.id, snippet.highlights]));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      found[`${order} ${q}`] = pages;
    }
  }
  return found;
};

/** Finds parts of words as an earlier search did: by the shortest 300 of all words in the index. */
const answersOfOneDictionary: Answers = async (asker, queries) => {
  const found: Record<string, unknown> = {};
  for (const q of queries) {
    const { rows } = await sql<{ id: string }>`
      with held as (
        select distinct lexeme from search_entry, unnest(terms) where lexeme !~ '^[~_]' and position(${q} in lexeme) > 0
      ), words as (select lexeme from held order by length(lexeme), lexeme limit 300)
      select e.id from search_entry e
      join conversation_member m on m.conversation_id = e.place_id and m.account_id = ${asker.userId}
      where exists (select from words where e.terms @@ quote_literal(lexeme)::tsquery)
      order by e.id
    `.execute(world.database.db);
    found[q] = rows;
  }
  return found;
};

/** 299 short words with a part in them. */
const planted = (part: string) => Array.from({ length: 299 }, (_, n) => `q${n.toString(36)}${part}`).join(' ');

/** A user of another workspace, and a private channel of the caller's workspace that they are not in. */
async function strangers(): Promise<{ say(content: string): Promise<unknown> }[]> {
  const other = await world.workspace();
  const { id } = await mine.owner.api.conversations.create({
    workspaceId: mine.id,
    kind: 'channel',
    visibility: 'private',
    name: `c-${randomUUID().slice(0, 8)}`,
  });
  return [
    { say: (content) => world.say(other.general, other.owner, content) },
    { say: (content) => world.say(id, mine.owner, content) },
  ];
}

const sign = fc.constantFrom('a', 'b', 'c', 'é', '東', '1');
const word = fc.string({ unit: sign, minLength: 3, maxLength: 12 });
const texts = fc.array(
  fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' ')),
  {
    minLength: 1,
    maxLength: 6,
  },
);

it('S49 answers are the same with and without data of strangers', async () => {
  const others = await strangers();
  await fc.assert(
    fc.asyncProperty(texts, texts, fc.array(word, { minLength: 1, maxLength: 4 }), async (own, foreign, asked) => {
      for (const text of own) await world.say(mine.general, mine.member, text);
      const queries = [...asked, ...own.map((text) => text.slice(1, 5).trim()).filter((text) => text.length >= 3)];
      await indexed();
      const before = await answers(mine.member, queries);
      for (const [at, text] of foreign.entries()) await others[at % 2]?.say(text);
      await indexed();
      expect(await answers(mine.member, queries)).toEqual(before);
    }),
    { numRuns: 8 },
  );
});

it('S49 a part of many words of a stranger is found like any other, unlike with a shared dictionary', async () => {
  const [other] = await strangers();
  const part = 'kqzw';
  // The longest of all words with the part would be left out first.
  await world.say(mine.general, mine.member, planted(part));
  await world.say(mine.general, mine.member, `${'y'.repeat(60)}${part}`);
  await indexed();
  const before = { found: await answers(mine.member, [part]), twin: await answersOfOneDictionary(mine.member, [part]) };
  expect(JSON.stringify(before.found)).toContain('"start"');
  await other?.say(`secret${part}`);
  await indexed();
  expect(await answers(mine.member, [part])).toEqual(before.found);
  expect(await answersOfOneDictionary(mine.member, [part])).not.toEqual(before.twin);
});

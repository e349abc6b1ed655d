import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from '../../platform/database/index.ts';
import { Indexer } from './indexer.ts';
import { enoughFor, indexSome } from './indexing.ts';
import type { IndexedMessage, MessageSource } from './source.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Messages in memory: this tests what the index does with them. */
class Messages implements MessageSource {
  readonly conversationId = randomUUID();
  readonly all = new Map<string, IndexedMessage & { seq: number }>();
  seq = 0;

  async write(text: string): Promise<string> {
    const id = randomUUID();
    this.seq += 1;
    const { conversationId, seq } = this;
    this.all.set(id, {
      id,
      conversationId,
      authorId: conversationId,
      createdAt: new Date(seq * 1000),
      text,
      marks: [],
      seq,
    });
    await this.log(id);
    return id;
  }

  async log(messageId: string, seq = this.seq): Promise<void> {
    const stream = `conversation:${this.conversationId}`;
    await database.pool.query(
      'insert into stream (name, seq) values ($1, $2) on conflict (name) do update set seq = excluded.seq',
      [stream, seq],
    );
    await database.pool.query(`insert into event (stream, seq, type, body) values ($1, $2, 'x', $3)`, [
      stream,
      seq,
      { messageId },
    ]);
  }

  async writeMany(count: number): Promise<void> {
    const stream = `conversation:${this.conversationId}`;
    const ids = Array.from({ length: count }, () => randomUUID());
    const { conversationId } = this;
    for (const [seq, id] of ids.entries()) {
      this.all.set(id, {
        id,
        conversationId,
        authorId: conversationId,
        createdAt: new Date(seq),
        text: 'one of many',
        marks: [],
        seq,
      });
    }
    await database.pool.query('insert into stream (name, seq) values ($1, $2)', [stream, count]);
    await database.pool.query(
      `insert into event (stream, seq, type, body)
       select $1, n, 'x', json_build_object('messageId', id) from unnest($2::text[]) with ordinality as t (id, n)`,
      [stream, ids],
    );
  }

  async byId(_db: unknown, ids: readonly string[]) {
    return ids.flatMap((id) => this.all.get(id) ?? []);
  }

  async written(_db: unknown, _conversationId: string, range: { after: number; upTo: number; limit: number }) {
    const { after, upTo, limit } = range;
    const items = [...this.all.values()].filter(({ seq }) => seq > after && seq <= upTo).slice(0, limit);
    return { items, last: items.at(-1)?.seq };
  }

  async oldest() {
    return [...this.all.values()][0]?.createdAt;
  }

  /** Keeps only the latest, and records the expiry in the log. */
  async expire(kept: number): Promise<void> {
    for (const id of [...this.all.keys()].slice(0, this.all.size - kept)) this.all.delete(id);
    this.seq += 1;
    const stream = `conversation:${this.conversationId}`;
    await database.pool.query('update stream set seq = $2 where name = $1', [stream, this.seq]);
    await database.pool.query("insert into event (stream, seq, type, body) values ($1, $2, 'messages:expired', '{}')", [
      stream,
      this.seq,
    ]);
  }

  readableBy = async () => [this.conversationId];
  show = async () => new Map();
}

function indexerOf(source: MessageSource) {
  return new Indexer({ database, source, log: { warn: () => undefined } });
}

async function entriesOf(messages: Messages): Promise<{ id: string; terms: string }[]> {
  const { rows } = await database.pool.query<{ id: string; terms: string }>(
    'select id, terms::text as terms from search_entry where place_id = $1 order by created_at',
    [messages.conversationId],
  );
  return rows;
}

it('indexes everything once, whichever node does it', async () => {
  const messages = new Messages();
  for (let n = 0; n < 40; n++) await messages.write(`word${n}`);
  const indexers = Array.from({ length: 4 }, () => indexerOf(messages));
  await Promise.all(indexers.map((indexer) => indexer.catchUp()));
  await indexers[0]?.catchUp();
  const entries = await entriesOf(messages);
  expect(entries.map(({ terms }) => /'(word\d+)'/.exec(terms)?.[1])).toEqual(
    Array.from({ length: 40 }, (_, n) => `word${n}`),
  );
});

it('pauses after some messages, and commits all of them together', async () => {
  const messages = new Messages();
  await messages.writeMany(250);
  const seenByOthers: number[] = [];
  const pause = async () => {
    seenByOthers.push((await entriesOf(messages)).length);
  };
  await database.transaction((tx) => indexSome(tx, messages, pause));
  expect(seenByOthers).toEqual([0, 0]);
  expect(await entriesOf(messages)).toHaveLength(250);
});

it('indexes nothing if it fails half way, and all of it the next time', async () => {
  const messages = new Messages();
  await messages.write('before');
  const broken = indexerOf({
    ...messages,
    byId: () => Promise.reject(new Error('The source failed')),
  } as unknown as MessageSource);
  await expect(broken.catchUp()).rejects.toThrow('The source failed');
  expect(await entriesOf(messages)).toEqual([]);
  await indexerOf(messages).catchUp();
  expect(await entriesOf(messages)).toHaveLength(1);
});

it.each([
  ['one has enough', [1_500, 2], 1],
  ['all together have too little', [400, 300, 299], 3],
  ['two have enough', [600, 400, 9_000], 2],
])('reads of the log what it takes: %s', (_, pending, taken) => {
  const behind = pending.map((events, at) => ({
    name: `conversation:${at}` as const,
    seq: 7 + events,
    position: 7,
    floor: 0,
  }));
  expect(enoughFor(1_000, behind)).toEqual(behind.slice(0, taken));
});

it('reads the messages themselves if the log was pruned', async () => {
  const messages = new Messages();
  for (let n = 0; n < 5; n++) await messages.write(`old${n}`);
  const stream = `conversation:${messages.conversationId}`;
  await database.pool.query('delete from event where stream = $1 and seq <= 3', [stream]);
  await database.pool.query('update stream set floor = 3 where name = $1', [stream]);
  await indexerOf(messages).catchUp();
  expect(await entriesOf(messages)).toHaveLength(5);
});

it('follows changes and deletions', async () => {
  const messages = new Messages();
  const id = await messages.write('unchanged');
  await indexerOf(messages).catchUp();
  const found = messages.all.get(id);
  if (found) found.text = 'see http://example.org';
  await messages.log(id, ++messages.seq);
  await indexerOf(messages).catchUp();
  expect((await entriesOf(messages))[0]?.terms).toBe(
    "'_link' 'example' 'http' 'org' 'see' '~amp' '~mpl' '~ple' '~ttp' '~xam'",
  );
  messages.all.delete(id);
  await messages.log(id, ++messages.seq);
  await indexerOf(messages).catchUp();
  expect(await entriesOf(messages)).toEqual([]);
});

it('removes expired messages', async () => {
  const messages = new Messages();
  const ids: string[] = [];
  for (const text of ['first', 'second', 'third']) ids.push(await messages.write(text));
  await indexerOf(messages).catchUp();
  await messages.expire(1);
  await indexerOf(messages).catchUp();
  expect((await entriesOf(messages)).map(({ id }) => id)).toEqual([ids[2]]);
  await messages.expire(0);
  await indexerOf(messages).catchUp();
  expect(await entriesOf(messages)).toEqual([]);
});

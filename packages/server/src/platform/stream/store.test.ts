import { randomUUID } from 'node:crypto';
import type { StreamName } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from '../database/index.ts';
import type { NewEvent, StreamEffect } from './event.ts';
import { pruneOnce } from './pruning.ts';
import {
  appendEvents,
  clearEvents,
  deleteRemovedStream,
  deleteStreams,
  pruneEvents,
  readEvents,
  readEventsAfter,
  removedStreams,
  streamRanges,
  streamSeqs,
} from './store.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase({ poolSize: 20 });
});
afterAll(() => database.close());

const fresh = (): StreamName => `workspace:${randomUUID()}`;
const note = (stream: StreamName, n = 0, effect?: StreamEffect): NewEvent => ({
  stream,
  type: 'workspace:left',
  actorId: null,
  body: { n },
  effect,
});
const append = (...events: NewEvent[]) => database.transaction((tx) => appendEvents(tx, events));

async function audienceSeq(stream: StreamName): Promise<number | undefined> {
  const { rows } = await sql<{ at: number }>`select audience_seq as at from stream where name = ${stream}`.execute(
    database.db,
  );
  return rows[0]?.at;
}

describe('appendEvents', () => {
  it('numbers the events of each stream in the given order', async () => {
    const [a, b] = [fresh(), fresh()];
    const written = await append(note(b, 1), note(a, 2), note(b, 3));
    const seen = written.map(({ stream, seq, body }) => [stream, seq, body.n]);
    expect(seen).toHaveLength(3);
    expect(seen).toEqual(
      expect.arrayContaining([
        [b, 1, 1],
        [a, 1, 2],
        [b, 2, 3],
      ]),
    );
    await append(note(b, 4));
    expect((await readEvents(database.db, b, 0, 10)).map(({ seq, body }) => [seq, body.n])).toEqual([
      [1, 1],
      [2, 3],
      [3, 4],
    ]);
    expect(await streamSeqs(database.db, [a, b, 'user:none'])).toEqual(
      new Map<string, number>([
        [a, 1],
        [b, 3],
        ['user:none', 0],
      ]),
    );
  });

  it('writes nothing if there are no events', async () => {
    expect(await append()).toEqual([]);
  });

  it('stores bodies and effects unchanged', async () => {
    const stream = fresh();
    const effect: StreamEffect = { join: ['a'], instead: { users: ['b'], data: { hidden: true } } };
    await append({
      stream,
      type: 'workspace:left',
      actorId: null,
      body: { text: 'Größe 日本 🎉', 'b-before-a': [1.5] },
      effect,
    });
    const [event] = await readEvents(database.db, stream, 0, 1);
    expect(event).toMatchObject({ body: { text: 'Größe 日本 🎉', 'b-before-a': [1.5] }, effect, seq: 1 });
    expect(event?.at).toBeInstanceOf(Date);
  });

  it('moves audience_seq only with events that change the audience', async () => {
    const stream = fresh();
    await append(note(stream), note(stream));
    expect(await audienceSeq(stream)).toBe(0);
    await append(note(stream, 0, { join: ['a'] }), note(stream));
    expect(await audienceSeq(stream)).toBe(4);
    await append(note(stream, 0, { follow: [stream], join: [], leave: [] }));
    expect(await audienceSeq(stream)).toBe(4);
    await append(note(stream, 0, { fence: true }));
    expect(await audienceSeq(stream)).toBe(6);
    await append(note(stream, 0, { leave: ['a'] }));
    expect(await audienceSeq(stream)).toBe(7);
  });

  it('has no gap and no deadlock, whatever the order of streams and however many roll back', async () => {
    const streams = Array.from({ length: 6 }, fresh);
    const expected = new Map<StreamName, number>();
    let sent = 0;
    const one = async (writer: number, turn: number) => {
      const order = streams.toSorted(() => Math.random() - 0.5).slice(0, 1 + Math.floor(Math.random() * 5));
      const doomed = Math.random() < 0.2;
      try {
        await database.db.transaction().execute(async (tx) => {
          const written = await appendEvents(
            tx,
            order.map((stream) => note(stream, writer * 1000 + turn)),
          );
          expect(written).toHaveLength(order.length);
          if (doomed) throw new Error('rolled back on purpose');
        });
        sent += 1;
        for (const stream of order) expected.set(stream, (expected.get(stream) ?? 0) + 1);
      } catch (error) {
        if (!doomed) throw error;
      }
    };
    await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        for (let turn = 0; turn < 25; turn++) await one(writer, turn);
      }),
    );
    expect(sent).toBeGreaterThan(200);
    for (const stream of streams) {
      const count = expected.get(stream) ?? 0;
      const events = await readEvents(database.db, stream, 0, 10_000);
      expect(events.map((event) => event.seq)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
      expect((await streamSeqs(database.db, [stream])).get(stream)).toBe(count);
    }
  });

  it('shows a poller every number in order while many write', async () => {
    const stream = fresh();
    const seen: number[] = [];
    let writing = true;
    const poller = (async () => {
      for (let last = false; ; ) {
        for (const { seq } of await readEvents(database.db, stream, seen.length, 500)) seen.push(seq);
        if (last) return;
        last = !writing;
      }
    })();
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        for (let turn = 0; turn < 20; turn++) {
          await database
            .transaction(async (tx) => {
              await appendEvents(tx, [note(stream), note(stream)]);
              await sql`select pg_sleep(${Math.random() / 500})`.execute(tx);
              if (Math.random() < 0.1) throw new Error('rolled back on purpose');
            })
            .catch(() => undefined);
        }
      }),
    );
    writing = false;
    await poller;
    expect(seen.length).toBeGreaterThan(200);
    expect(seen).toEqual(seen.map((_, at) => at + 1));
  });
});

describe('reading', () => {
  it('pages several streams in the given order, never more than the limit', async () => {
    const [a, b] = [fresh(), fresh()];
    await append(...[1, 2, 3].flatMap((n) => [note(a, n), note(b, n)]));
    const page = await readEventsAfter(
      database.db,
      new Map([
        [b, 1],
        [a, 0],
      ]),
      4,
    );
    expect(page.map(({ stream, seq }) => [stream, seq])).toEqual([
      [b, 2],
      [b, 3],
      [a, 1],
      [a, 2],
    ]);
    expect(await readEventsAfter(database.db, new Map(), 4)).toEqual([]);
  });
});

describe('deleteStreams', () => {
  it('waits for a concurrent writer; the rest is deleted in batches, and no other stream', async () => {
    const stream = fresh();
    await append(note(stream));
    let written = () => {};
    const hasWritten = new Promise<void>((resolve) => {
      written = resolve;
    });
    const writer = database.transaction(async (tx) => {
      await appendEvents(tx, [note(stream)]);
      written();
      await sql`select pg_sleep(0.1)`.execute(tx);
    });
    await hasWritten;
    await database.transaction((tx) => deleteStreams(tx, [stream]));
    await writer;
    expect(await streamRanges(database.db, [stream])).toEqual([]);
    const other = fresh();
    await append(note(other));
    expect(await clearEvents(database.db, stream, 1)).toBe(1);
    await deleteRemovedStream(database.db, stream);
    expect(await removedStreams(database.db, 10)).toEqual([stream]);
    await pruneOnce(database, new Date(), 1);
    expect(await readEvents(database.db, stream, 0, 10)).toEqual([]);
    expect(await readEvents(database.db, other, 0, 10)).toHaveLength(1);
    expect(await removedStreams(database.db, 10)).toEqual([]);
  });
});

describe('pruning', () => {
  const DAY = 24 * 3600 * 1000;

  it('raises the floor to the last deleted event, batch by batch', async () => {
    const [a, b] = [fresh(), fresh()];
    await append(...[1, 2, 3].flatMap((n) => [note(a, n), note(b, n)]));
    await sql`update event set at = at - interval '40 days' where stream = ${a} and seq <= 2`.execute(database.db);
    const before = new Date(Date.now() - 30 * DAY);
    expect(await pruneEvents(database.db, before, 1)).toBe(1);
    expect(await streamRanges(database.db, [a])).toEqual([{ name: a, floor: 1, seq: 3 }]);
    await pruneOnce(database, new Date());
    expect(await streamRanges(database.db, [a])).toEqual([{ name: a, floor: 2, seq: 3 }]);
    expect(await streamRanges(database.db, [b])).toEqual([{ name: b, floor: 0, seq: 3 }]);
    expect((await readEvents(database.db, a, 0, 10)).map(({ seq }) => seq)).toEqual([3]);
    await append(note(a));
    expect((await streamSeqs(database.db, [a])).get(a)).toBe(4);
  });

  it('leaves no gap: an event with a clock ahead keeps the events after it', async () => {
    const stream = fresh();
    await append(note(stream), note(stream), note(stream));
    // Transactions may commit in another order than they began: times within a stream can be out of order.
    await sql`update event set at = at - interval '40 days' where stream = ${stream} and seq in (1, 3)`.execute(
      database.db,
    );
    await pruneOnce(database, new Date());
    const [range] = await streamRanges(database.db, [stream]);
    const left = (await readEvents(database.db, stream, 0, 10)).map(({ seq }) => seq);
    expect(left).toEqual(Array.from({ length: range!.seq - range!.floor }, (_, at) => range!.floor + 1 + at));
  });

  it('deletes the answers of commands after a week', async () => {
    const account = randomUUID();
    await sql`
      insert into idempotency (account_id, key, operation, input_hash, answer, created_at)
      select ${account}, k, 'x', '\\x00', '{}', now() - make_interval(days => d)
      from (values ('old', 8), ('young', 6)) as t (k, d)
    `.execute(database.db);
    await pruneOnce(database, new Date());
    const { rows } = await sql<{ key: string }>`select key from idempotency where account_id = ${account}`.execute(
      database.db,
    );
    expect(rows).toEqual([{ key: 'young' }]);
  });
});

// Whatever the server assumes: the database makes the final check.
describe('a stream', () => {
  it.each([
    ['floor = seq + 1', /stream_is_ahead/],
    ['audience_seq = seq + 1', /stream_is_ahead/],
    ["name = repeat('x', 65)", /stream_name_check/],
  ])('is never changed to %s', async (change, refusal) => {
    const stream = fresh();
    await append(note(stream));
    const changed = database.pool.query(`update stream set ${change} where name = $1`, [stream]);
    await expect(changed).rejects.toThrow(refusal);
  });

  it.each(['floor', 'audience_seq'])('never has a %s ahead of its head', async (column) => {
    const begun = database.pool.query(`insert into stream (name, seq, ${column}) values ($1, 1, 2)`, [fresh()]);
    await expect(begun).rejects.toThrow(/stream_is_ahead/);
  });

  it('has no event with an unassigned number', async () => {
    await append(note(fresh()));
    const changed = database.pool.query("update event set type = repeat('x', 65)");
    await expect(changed).rejects.toThrow(/event_type_check/);
  });
});

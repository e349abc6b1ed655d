import { randomUUID } from 'node:crypto';
import { type StreamName, sizes } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from '../database/index.ts';
import type { Audience } from './audience.ts';
import type { StreamEffect } from './event.ts';
import { toLiveEvent } from './live-event.ts';
import { appendEvents, readEpoch } from './store.ts';
import { createSync, followedStreams, parseStream, readableStreams, resumption } from './sync.ts';

describe('resumption', () => {
  const range = { floor: 10, seq: 2_500 };

  it.each([
    ['at the head', 2_500, range, 'current'],
    ['one behind', 2_499, range, 'behind'],
    ['as far behind as allowed', 2_500 - sizes.syncLag, range, 'behind'],
    ['too far behind', 2_500 - sizes.syncLag - 1, range, 'reset'],
    ['at the floor: everything after it is there', 10, { floor: 10, seq: 20 }, 'behind'],
    ['below the floor', 9, { floor: 10, seq: 20 }, 'reset'],
    ['at head and floor of a pruned stream', 20, { floor: 20, seq: 20 }, 'current'],
    ['ahead of the head, as after a restore', 2_501, range, 'reset'],
    ['at the largest number there is', Number.MAX_SAFE_INTEGER, range, 'reset'],
    ['at 0 of a stream without events', 0, undefined, 'current'],
    ['ahead of a stream without events', 1, undefined, 'reset'],
  ] as const)('%s', (_what, last, known, expected) => {
    expect(resumption(last, known)).toBe(expected);
  });
});

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe('a page', () => {
  const ids = new Set<string>();
  const audience: Audience = {
    kind: 'workspace',
    followedBy: () => sql`select unnest(${[...ids]}::uuid[]) as id`,
    readableBy: async (_db, _user, asked) => asked.filter((id) => ids.has(id)),
  };
  const sync = () =>
    createSync({
      database,
      audiences: () => [audience],
      readerViews: () => ({}),
      render: async (events) => events.map((e) => toLiveEvent(e, e.body)),
    });

  async function stream(
    count: number,
    options: { readable?: boolean; effect?: StreamEffect } = {},
  ): Promise<StreamName> {
    const id = randomUUID();
    if (options.readable !== false) ids.add(id);
    const name: StreamName = `workspace:${id}`;
    const event = { stream: name, type: 'workspace:left' as const, actorId: null, effect: options.effect };
    await database.transaction((tx) =>
      appendEvents(
        tx,
        Array.from({ length: count }, (_, n) => ({ ...event, body: { n } })),
      ),
    );
    return name;
  }

  it('returns the missed events, in order within each stream, and the heads of the streams', async () => {
    const [a, b, c] = [await stream(3), await stream(2), await stream(1)];
    const page = await sync().page('u', { [a]: 1, [b]: 0, [c]: 1 });
    expect(page.events.map(({ meta }) => [meta.stream, meta.seq])).toEqual([
      [a, 2],
      [a, 3],
      [b, 1],
      [b, 2],
    ]);
    expect(page).toMatchObject({ heads: { [a]: 3, [b]: 2, [c]: 1 }, more: false, reset: [] });
  });

  it('ends at the size of a page and continues from there', async () => {
    const a = await stream(sizes.syncPage + 1);
    const first = await sync().page('u', { [a]: 0 });
    expect(first).toMatchObject({ more: true, heads: { [a]: sizes.syncPage + 1 } });
    expect(first.events).toHaveLength(sizes.syncPage);
    const rest = await sync().page('u', { [a]: sizes.syncPage });
    expect(rest).toMatchObject({ more: false });
    expect(rest.events.map(({ meta }) => meta.seq)).toEqual([sizes.syncPage + 1]);
  });

  it('ends before it gets too large to send, but always has an event', async () => {
    const id = randomUUID();
    ids.add(id);
    const name: StreamName = `workspace:${id}`;
    const event = { stream: name, type: 'workspace:left' as const, actorId: null };
    const sizesOfBodies = [300_000, 300_000, 900_000, 10];
    await database.transaction((tx) =>
      appendEvents(
        tx,
        sizesOfBodies.map((size) => ({ ...event, body: { text: 'x'.repeat(size) } })),
      ),
    );
    const got: number[][] = [];
    for (let after = 0, more = true; more; ) {
      const page = await sync().page('u', { [name]: after });
      got.push(page.events.map(({ meta }) => meta.seq));
      after = page.events.at(-1)?.meta.seq ?? after;
      more = page.more;
    }
    expect(got).toEqual([[1], [2], [3], [4]]);
  });

  it('resets unreadable, unknown and pruned streams alike, without events and heads of them', async () => {
    const foreign = await stream(3, { readable: false });
    const missing: StreamName = `workspace:${randomUUID()}`;
    const otherKind: StreamName = `conversation:${randomUUID()}`;
    const mine = await stream(2);
    const page = await sync().page('u', { [foreign]: 1, [missing]: 0, [otherKind]: 0, [mine]: 1 });
    expect(page.reset).toEqual([foreign, missing, otherKind]);
    expect(page.heads).toEqual({ [mine]: 2 });
    expect(page.events.map(({ meta }) => meta.stream)).toEqual([mine]);
  });

  it('resets a stream whose events after the position are pruned, but not one at its floor', async () => {
    const a = await stream(5);
    await sql`update stream set floor = 3 where name = ${a}`.execute(database.db);
    await sql`delete from event where stream = ${a} and seq <= 3`.execute(database.db);
    expect(await sync().page('u', { [a]: 2 })).toMatchObject({ events: [], reset: [a] });
    expect((await sync().page('u', { [a]: 3 })).events.map(({ meta }) => meta.seq)).toEqual([4, 5]);
  });

  it('resets everything if the epoch differs', async () => {
    const a = await stream(1);
    const epoch = await readEpoch(database.db);
    expect((await sync().page('u', { [a]: 0 }, epoch)).events).toHaveLength(1);
    expect(await sync().page('u', { [a]: 0 }, randomUUID())).toEqual({
      events: [],
      heads: {},
      more: false,
      reset: [a],
    });
  });

  it('shows each reader their own view, under the same number', async () => {
    const a = await stream(1, { effect: { instead: { users: ['hider'], data: { hidden: true } } } });
    expect((await sync().page('hider', { [a]: 0 })).events[0]?.data).toEqual({ hidden: true });
    const [event] = (await sync().page('other', { [a]: 0 })).events;
    expect(event).toEqual({ type: 'workspace:left', data: { n: 0 }, meta: expect.objectContaining({ seq: 1 }) });
  });
});

describe('names', () => {
  it('are split at the first colon', () => {
    expect(parseStream('user:a:b' as StreamName)).toEqual({ kind: 'user', id: 'a:b' });
  });

  it('are followed and read per kind', async () => {
    const audiences: Audience[] = [
      {
        kind: 'user',
        followedBy: (userId) => sql`select ${userId}::text as id`,
        readableBy: async (_db, _u, asked) => asked.filter((id) => id === 'u'),
      },
      { kind: 'workspace', followedBy: () => sql`select unnest(array['w', 'x']) as id`, readableBy: async () => [] },
    ];
    const { db } = database;
    expect(await followedStreams(db, audiences, 'u')).toEqual(['user:u', 'workspace:w', 'workspace:x']);
    expect(await readableStreams(db, audiences, 'u', ['user:u', 'user:v', 'workspace:w'])).toEqual(new Set(['user:u']));
  });
});

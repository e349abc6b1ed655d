import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamName } from '@atrium/protocol';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { until } from '../../../test/faults/harness/until.ts';
import type { Database } from '../database/index.ts';
import type { NewEvent, StreamEffect } from './event.ts';
import { createStreamHub, type StreamHub } from './hub.ts';
import type { LiveEvent } from './live-event.ts';
import type { Follower } from './pump.ts';
import { appendEvents } from './store.ts';

let database: Database;
const hubs: StreamHub[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(() => {
  vi.useRealTimers();
  for (const hub of hubs.splice(0)) hub.stop();
});
afterAll(() => database.close());

const log = pino({ level: 'silent' });

/** One node's hub: several of them over one database are a cluster without a bus. */
function node(over: Database = database): StreamHub {
  const hub = createStreamHub({ database: over, log });
  hub.start({});
  hubs.push(hub);
  return hub;
}

class Reader implements Follower {
  readonly userId: string;
  readonly sessionId = 's';
  readonly got: [StreamName, number][] = [];

  constructor(userId = 'ann') {
    this.userId = userId;
  }

  deliver(events: readonly LiveEvent[]): void {
    this.got.push(...events.map(({ meta }): [StreamName, number] => [meta.stream, meta.seq]));
  }

  seqs(stream: StreamName): number[] {
    return this.got.filter(([name]) => name === stream).map(([, seq]) => seq);
  }
}

const fresh = (): StreamName => `workspace:${randomUUID()}`;
const note = (stream: StreamName, effect?: StreamEffect): NewEvent => ({
  stream,
  type: 'workspace:left',
  actorId: null,
  body: {},
  effect,
});
const write = (...events: NewEvent[]) => database.transaction((tx) => appendEvents(tx, events));

describe('a hub', () => {
  it('delivers events after the head at which a follower joined, in the same tick if this node committed them', async () => {
    const hub = node();
    const stream = fresh();
    await write(note(stream), note(stream));
    const reader = new Reader();
    expect(await hub.follow(reader, [stream])).toEqual(new Map([[stream, 2]]));
    await sleep(0);
    const committed = await write(note(stream));
    hub.committed(committed);
    expect(reader.got).toEqual([[stream, 3]]);
    expect(hub.positions(reader)).toEqual(new Map([[stream, 3]]));
    expect(hub.counters.gapReads).toBe(0);
  });

  it('loses no event that is committed while a follower joins', async () => {
    const hub = node();
    const stream = fresh();
    let writing = true;
    const writer = (async () => {
      while (writing) hub.committed(await write(note(stream)));
    })();
    const readers = Array.from({ length: 10 }, () => new Reader());
    const joinedAt: number[] = [];
    for (const reader of readers) {
      await sleep(3);
      const positions = await hub.follow(reader, [stream]);
      joinedAt.push(positions.get(stream) ?? 0);
    }
    writing = false;
    await writer;
    const last = await write(note(stream));
    hub.committed(last);
    const head = last[0]!.seq;
    await vi.waitFor(() => {
      for (const [at, reader] of readers.entries()) {
        const seqs = reader.seqs(stream);
        const first = seqs[0] ?? 0;
        expect(first).toBeLessThanOrEqual(joinedAt[at]! + 1);
        expect(seqs).toEqual(Array.from({ length: head - first + 1 }, (_, n) => first + n));
      }
    });
  });

  it('gets commits of other nodes by a hint, and without one by polling the heads', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const [here, elsewhere] = [node(), node()];
    const stream = fresh();
    const [near, far] = [new Reader(), new Reader()];
    await here.follow(near, [stream]);
    await elsewhere.follow(far, [stream]);
    here.committed(await write(note(stream)));
    elsewhere.hint(stream, 1);
    // Vitest's own fake timers would skip the time of the polling.
    await until(() => far.seqs(stream).length > 0, 20_000, 'the event that was hinted at');
    here.committed(await write(note(stream)));
    vi.advanceTimersByTime(1_000);
    await vi.waitFor(() => expect(far.seqs(stream)).toEqual([1, 2]));
    expect(near.seqs(stream)).toEqual([1, 2]);
  });

  it('has the same order on every node, whichever node commits and in whatever order hints arrive', async () => {
    const nodes = [node(), node(), node()];
    const stream = fresh();
    const readers = nodes.map(() => new Reader());
    await Promise.all(nodes.map((hub, at) => hub.follow(readers[at]!, [stream])));
    await Promise.all(
      nodes.map(async (hub) => {
        for (let turn = 0; turn < 40; turn++) {
          const committed = await write(note(stream), note(stream));
          await sleep(Math.random() * 3);
          hub.committed(committed);
          for (const other of nodes) if (Math.random() < 0.5) other.hint(stream, committed.at(-1)!.seq);
        }
      }),
    );
    const all = Array.from({ length: 240 }, (_, at) => at + 1);
    await vi.waitFor(() => {
      for (const reader of readers) expect(reader.seqs(stream)).toEqual(all);
    });
  });

  it('delivers nothing to removed users from that event on, and the event to all others', async () => {
    const hub = node();
    const stream = fresh();
    const [ann, bob, bobsPhone] = [new Reader('ann'), new Reader('bob'), new Reader('bob')];
    for (const reader of [ann, bob, bobsPhone]) await hub.follow(reader, [stream]);
    hub.committed(await write(note(stream), note(stream, { leave: ['bob'] }), note(stream)));
    await vi.waitFor(() => expect(ann.seqs(stream)).toEqual([1, 2, 3]));
    expect([bob.seqs(stream), bobsPhone.seqs(stream)]).toEqual([[1], [1]]);
    expect(hub.positions(bob).size).toBe(0);
    expect(hub.followersOf([stream])).toEqual(new Set([ann]));
  });

  it('tells the sockets what to follow, unfollow and disconnect, before the event is sent', async () => {
    const hub = node();
    const stream: StreamName = `user:${randomUUID()}`;
    const owner = stream.slice(5);
    const asked: unknown[] = [];
    const reader = new Reader(owner);
    hub.listen({
      follow: (...args) => asked.push(['follow', ...args, reader.got.length]),
      unfollow: (...args) => asked.push(['unfollow', ...args, reader.got.length]),
      disconnect: (...args) => asked.push(['disconnect', ...args, reader.got.length]),
    });
    await hub.follow(reader, [stream]);
    const [a, b] = [fresh(), fresh()];
    hub.committed(await write(note(stream, { follow: [a] }), note(stream, { unfollow: [b], disconnect: ['s1'] })));
    await vi.waitFor(() => expect(reader.seqs(stream)).toEqual([1, 2]));
    expect(asked).toEqual([
      ['follow', owner, [a], 0],
      ['unfollow', owner, [b], 1],
      ['disconnect', owner, ['s1'], 1],
    ]);
  });

  it('keeps no pump without a start position when the database is down, and works when it is back', async () => {
    let away = true;
    const gone = await testDatabase();
    await gone.close();
    const flaky = Object.create(database, { db: { get: () => (away ? gone : database).db } }) as Database;
    const hub = node(flaky);
    const stream = fresh();
    const [early, late] = [new Reader(), new Reader()];
    await expect(hub.follow(early, [stream])).rejects.toThrow();
    expect(hub.positions(early).size).toBe(0);
    expect(hub.followersOf([stream]).size).toBe(0);
    away = false;
    await hub.follow(late, [stream]);
    hub.committed(await write(note(stream)));
    await vi.waitFor(() => expect(late.seqs(stream)).toEqual([1]));
    expect(early.got).toEqual([]);
  });

  it('drops a stream without followers', async () => {
    const hub = node();
    const stream = fresh();
    const reader = new Reader();
    await hub.follow(reader, [stream]);
    hub.unfollow(reader);
    hub.committed(await write(note(stream)));
    await sleep(5);
    expect(reader.got).toEqual([]);
    expect(await hub.follow(reader, [stream])).toEqual(new Map([[stream, 1]]));
  });
});

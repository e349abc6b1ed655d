import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConnectionsByDevice } from '../live/index.ts';
import { createExchange, type Exchange } from './exchange.ts';
import type { Message, Unsigned } from './message.ts';
import { LEASE_MS, Roster } from './roster.ts';

let changes: string[];
let asked: string[];
let roster: Roster;
beforeEach(() => {
  changes = [];
  asked = [];
  roster = new Roster({ changed: (userId) => changes.push(userId), missed: (node) => asked.push(node) });
});

/** Everyone with the given number of connections of one device, which is the same on all nodes. */
const here = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).map(([user, n]) => [user, n === 0 ? {} : { [`phone of ${user}`]: n }]));
const whole = (counts: Record<string, number>, version = 1) => ({ version, part: 0, parts: 1, devices: here(counts) });
const countIn = (devices: readonly ConnectionsByDevice[]) =>
  devices.flatMap((each) => Object.values(each)).reduce((sum, count) => sum + count, 0);
const count = (user: string) => countIn(roster.devices(user));

describe('the roster of nodes', () => {
  test('adds up the connections on all nodes, and reports only changes', () => {
    roster.take('a', whole({ ann: 2, bob: 1 }), 0);
    roster.take('b', whole({ ann: 1 }), 0);
    expect([count('ann'), count('bob'), count('cleo')]).toEqual([3, 1, 0]);
    expect(changes).toEqual(['ann', 'bob', 'ann']);
    roster.change('a', 2, here({ bob: 0, ann: 2 }), 0);
    expect([count('ann'), count('bob')]).toEqual([3, 0]);
    expect(changes).toEqual(['ann', 'bob', 'ann', 'bob']);
    expect(asked).toEqual([]);
  });

  test('distinguishes devices, and recognizes the same one on two nodes', () => {
    roster.take('a', { version: 1, part: 0, parts: 1, devices: { ann: { phone: 1, laptop: 2 } } }, 0);
    roster.take('b', { version: 1, part: 0, parts: 1, devices: { ann: { laptop: 1 } } }, 0);
    expect(roster.devices('ann')).toEqual([{ phone: 1, laptop: 2 }, { laptop: 1 }]);
    roster.change('a', 2, { ann: { phone: 1, laptop: 2 } }, 0);
    expect(changes).toEqual(['ann', 'ann']);
    roster.change('a', 3, { ann: { tablet: 1, laptop: 2 } }, 0);
    expect(changes).toHaveLength(3);
    roster.drop('a');
    expect([roster.devices('ann'), changes.length]).toEqual([[{ laptop: 1 }], 4]);
  });

  test('requests the list of a node whose change was missed, at most once a second, and has no wrong state meanwhile', () => {
    roster.take('a', whole({ ann: 1 }, 4), 0);
    roster.change('a', 6, here({ bob: 1 }), 0);
    roster.change('a', 7, here({ bob: 2 }), 500);
    expect([asked, count('bob')]).toEqual([['a'], 0]);
    roster.beat('a', 7, 1_500);
    expect(asked).toEqual(['a', 'a']);
    roster.take('a', whole({ bob: 2 }, 7), 1_600);
    expect([count('ann'), count('bob')]).toEqual([0, 2]);
    roster.beat('a', 7, 3_000);
    expect(asked).toHaveLength(2);
  });

  test('accepts a full list in parts, and uses none before the last', () => {
    roster.take('a', whole({ ann: 1 }), 0);
    roster.take('a', { version: 2, part: 0, parts: 2, devices: here({ bob: 1 }) }, 0);
    expect([count('ann'), count('bob')]).toEqual([1, 0]);
    roster.take('a', { version: 2, part: 1, parts: 2, devices: here({ cleo: 1 }) }, 0);
    expect(['ann', 'bob', 'cleo'].map(count)).toEqual([0, 1, 1]);
    roster.take('b', { version: 1, part: 1, parts: 2, devices: here({ dan: 1 }) }, 0);
    expect(count('dan')).toBe(0);
  });

  test('drops a silent node with its connections only, unless no node could be heard', () => {
    roster.take('a', whole({ ann: 1, bob: 1 }), 0);
    roster.take('b', whole({ ann: 1 }), 0);
    roster.beat('b', 1, LEASE_MS - 1);
    expect(roster.expire(LEASE_MS - 1)).toEqual([]);
    expect(roster.expire(LEASE_MS)).toEqual(['a']);
    expect([roster.size, count('ann'), count('bob')]).toEqual([1, 1, 0]);
    roster.renew(10 * LEASE_MS);
    expect(roster.expire(11 * LEASE_MS - 1)).toEqual([]);
    expect(roster.expire(11 * LEASE_MS)).toEqual(['b']);
    expect(count('ann')).toBe(0);
  });
});

describe('a cluster of nodes', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('has the same state on all nodes in the end, whatever was lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ node: fc.nat(2), user: fc.nat(4), count: fc.nat(3), lost: fc.boolean() }), {
          minLength: 1,
          maxLength: 40,
        }),
        async (steps) => {
          const world = new World();
          for (const { node, user, count, lost } of steps) {
            world.silent = lost;
            world.nodes[node]?.publishDevices(`user-${user}`, here({ [user]: count })[user] ?? {});
            await world.turn();
          }
          world.silent = false;
          // What nodes do automatically: heartbeats, and answers to requests.
          for (let round = 0; round < 3; round++) {
            world.now += 2_000;
            for (const node of world.nodes) node.beat();
            await world.turn(80);
          }
          for (let user = 0; user < 5; user++) {
            const own = world.nodes.map((_, at) => last(steps, at, user));
            const elsewhere = own.map((_, at) =>
              own.reduce((sum, count, other) => (other === at ? sum : sum + count), 0),
            );
            expect(world.nodes.map((node) => countIn(node.devices(`user-${user}`)))).toEqual(elsewhere);
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});

/** Three nodes and the network between them. */
class World {
  now = 0;
  silent = false;
  readonly nodes: Exchange[] = [0, 1, 2].map((at) =>
    createExchange((content: Unsigned) => {
      if (this.silent) return;
      const message = { from: `node-${at}`, ...content } as Message;
      for (const node of this.nodes) node.take(message, this.now);
    }, `node-${at}`),
  );

  /** Advances the time, and runs what is due. */
  async turn(ms = 1): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
  }
}

function last(steps: readonly { node: number; user: number; count: number }[], node: number, user: number): number {
  return steps.findLast((step) => step.node === node && step.user === user)?.count ?? 0;
}

import type { Presence } from '@atrium/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GRACE_MS, INTERVAL_MS } from './machine.ts';
import { HandTime } from './test/hand-time.ts';
import { createTracker, type Remembered, type Tracker } from './tracker.ts';

const START = Date.parse('2025-03-01T08:00:00Z');

/** An environment whose time advances only when the test says so. */
class World extends HandTime {
  counts = new Map<string, number>();
  listener: ((userId: string, count: number) => void) | undefined;
  remembered = new Map<string, Remembered>();
  loads: string[][] = [];
  saves: Map<string, Date>[] = [];
  tellings: Presence[][] = [];
  warnings: string[] = [];
  /** How many of the next statements fail. */
  broken = 0;
  /** An announcement with more people than this fails. */
  tellable = Number.POSITIVE_INFINITY;
  /** Ends the current statement. */
  gate: Promise<void> | undefined;

  async statement(): Promise<void> {
    await this.gate;
    if (this.broken > 0) {
      this.broken -= 1;
      throw new Error('the database is not available');
    }
  }

  tracker: Tracker = createTracker({
    connections: {
      devices: (userId) => this.counts.get(userId) ?? 0,
      countHere: (userId) => this.counts.get(userId) ?? 0,
      onChange: (listener) => {
        this.listener = listener;
        return () => {
          this.listener = undefined;
        };
      },
    },
    clock: this.clock,
    schedule: this.schedule,
    log: { warn: (_details: unknown, message?: string) => this.warnings.push(String(message)) },
    load: async (userIds) => {
      await this.statement();
      this.loads.push([...userIds]);
      return new Map(userIds.flatMap((id) => (this.remembered.has(id) ? [[id, this.remembered.get(id)!]] : [])));
    },
    save: async (lastSeen) => {
      await this.statement();
      this.saves.push(new Map(lastSeen));
      for (const [id, at] of lastSeen) {
        this.remembered.set(id, { chosen: this.remembered.get(id)?.chosen ?? 'online', lastSeen: at });
      }
    },
    tell: async (presences) => {
      await this.statement();
      if (presences.length > this.tellable) throw new Error('too many people');
      this.tellings.push([...presences]);
    },
  });

  connections(userId: string, count: number): void {
    this.counts.set(userId, count);
    this.listener?.(userId, count);
  }

  told(userId: string): string[] {
    return this.tellings.flat().flatMap((presence) => (presence.userId === userId ? [presence.status] : []));
  }
}

let world: World;
beforeEach(() => {
  world = new World(START);
  world.tracker.start();
});

describe('one person', () => {
  test('connects, stays present through a reconnect, and disconnects', async () => {
    world.connections('ann', 1);
    await world.pass(10_000);
    world.connections('ann', 0);
    await world.pass(GRACE_MS - 1);
    expect(world.tracker.show('ann', undefined)).toMatchObject({ status: 'online', devices: 0 });
    world.connections('ann', 1);
    await world.pass(10_000);
    expect(world.told('ann')).toEqual(['online']);
    const left = world.nowMs;
    world.connections('ann', 0);
    await world.pass(GRACE_MS);
    expect(world.tellings.at(-1)).toEqual([
      { userId: 'ann', status: 'offline', devices: 0, lastSeen: new Date(left).toISOString() },
    ]);
    expect(world.remembered.get('ann')?.lastSeen).toEqual(new Date(left));
  });

  test('counts as present from the first moment, as they are shown', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    world.gate = promise;
    world.connections('ann', 1);
    expect(world.tracker.show('ann', undefined).status).toBe('online');
    expect(world.tracker.present()).toEqual(['ann']);
    world.counts.set('ann', 0);
    expect(world.tracker.present()).toEqual([]);
    world.counts.set('ann', 1);
    resolve();
    await world.settle();
    expect(world.tracker.present()).toEqual(['ann']);
  });

  test('is removed from memory some time after leaving', async () => {
    world.connections('ann', 1);
    await world.settle();
    world.connections('ann', 0);
    await world.pass(GRACE_MS + INTERVAL_MS);
    // Only the minute's timer is left.
    expect(world.timers.size).toBe(1);
    world.connections('ann', 1);
    await world.settle();
    expect(world.loads).toEqual([['ann'], ['ann']]);
    expect(world.told('ann')).toEqual(['online', 'offline', 'online']);
  });

  test('returns with the status chosen before a restart', async () => {
    world.remembered.set('ann', { chosen: 'dnd', lastSeen: new Date(START - 5) });
    world.connections('ann', 1);
    await world.settle();
    expect(world.told('ann')).toEqual(['dnd']);
  });

  test('can choose a status while their stored presence is being read', async () => {
    let open = (): void => undefined;
    world.gate = new Promise((resolve) => {
      open = resolve;
    });
    world.connections('ann', 1);
    await world.settle();
    world.tracker.chose('ann', 'away');
    expect(world.tracker.show('ann', undefined)).toMatchObject({ status: 'away', devices: 1 });
    open();
    await world.settle();
    expect(world.told('ann')).toEqual(['away']);
  });

  test('who leaves before their stored presence is read is not announced, but is stored', async () => {
    world.connections('ann', 1);
    world.connections('ann', 0);
    await world.pass(10_000);
    expect(world.told('ann')).toEqual([]);
    expect(world.remembered.get('ann')?.lastSeen).toEqual(new Date(START));
  });

  test('is shown with the stored presence while offline', () => {
    const lastSeen = new Date(START - 60_000);
    expect(world.tracker.show('ann', { chosen: 'dnd', lastSeen })).toEqual({
      userId: 'ann',
      status: 'offline',
      devices: 0,
      lastSeen: lastSeen.toISOString(),
    });
    expect(world.tracker.show('bob', undefined)).toMatchObject({ status: 'offline', lastSeen: null });
  });
});

describe('a burst', () => {
  const people = Array.from({ length: 2_000 }, (_, n) => `person-${n}`);

  test('of 2,000 people connecting is read, announced and written in a handful of statements', async () => {
    for (const id of people) world.connections(id, 1);
    await world.settle();
    expect(world.tellings.flat()).toHaveLength(people.length);
    expect(world.tracker.present()).toHaveLength(people.length);
    expect(world.loads.length + world.saves.length).toBeLessThanOrEqual(6);
    expect(world.tellings.length).toBeLessThanOrEqual(10);
  });

  test('that cannot be announced is not retried with more and more people at once', async () => {
    world.broken = 2;
    world.tellable = 300;
    for (const id of people) world.connections(id, 1);
    await world.pass(20_000);
    expect(new Set(world.tellings.flat().map(({ userId }) => userId)).size).toBe(people.length);
  });

  test('of 2,000 reconnects within the grace period is not announced', async () => {
    for (const id of people) world.connections(id, 1);
    await world.pass(30_000);
    const before = world.tellings.length;
    for (let round = 0; round < 3; round += 1) {
      for (const id of people) world.connections(id, 0);
      await world.pass(1_000);
      for (const id of people) world.connections(id, 1);
      await world.pass(1_000);
    }
    expect(world.tellings.length).toBe(before);
  });

  test('of status changes is announced once a second, and ends with the last one', async () => {
    world.connections('ann', 1);
    await world.settle();
    for (let n = 0; n < 100; n += 1) {
      world.tracker.chose('ann', n % 2 === 0 ? 'away' : 'dnd');
      await world.pass(70);
    }
    await world.pass(INTERVAL_MS);
    expect(world.told('ann').length).toBeLessThanOrEqual(9);
    expect(world.told('ann').at(-1)).toBe('dnd');
  });
});

describe('failures and shutdown', () => {
  test('a failed write is retried, with the newest state only', async () => {
    world.connections('ann', 1);
    await world.settle();
    world.broken = 4;
    world.tracker.chose('ann', 'away');
    await world.pass(INTERVAL_MS);
    expect(world.warnings.length).toBeGreaterThan(0);
    world.tracker.chose('ann', 'dnd');
    await world.pass(5_000);
    expect(world.told('ann')).toEqual(['online', 'dnd']);
  });

  test('people who are still connected are written a minute after the last write', async () => {
    world.connections('ann', 1);
    await world.pass(60_000);
    expect(world.remembered.get('ann')?.lastSeen).toEqual(new Date(START + 60_000));
  });

  test('shutdown writes everyone who is connected or just left, and leaves no timer', async () => {
    world.connections('ann', 1);
    world.connections('bob', 1);
    await world.pass(5_000);
    world.connections('bob', 0);
    await world.pass(1_000);
    await world.tracker.stop();
    expect(world.remembered.get('ann')?.lastSeen).toEqual(new Date(START + 6_000));
    expect(world.remembered.get('bob')?.lastSeen).toEqual(new Date(START + 5_000));
    expect(world.timers.size).toBe(0);
    expect(world.listener).toBeUndefined();
  });

  test('shutdown completes although the database is not available', async () => {
    world.connections('ann', 1);
    await world.settle();
    world.broken = Number.POSITIVE_INFINITY;
    await world.tracker.stop();
    expect(world.warnings).toContain('presence: the last writing failed');
  });
});

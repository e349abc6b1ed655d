import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamEffect } from './event.ts';
import { type CommittedEvent, type LiveEvent, toLiveEvent } from './live-event.ts';
import { type Follower, Pump, type PumpSource } from './pump.ts';

const stream = 'conversation:0';

class Reader implements Follower {
  readonly sessionId = 's';
  readonly userId: string;
  readonly got: number[] = [];

  constructor(userId: string) {
    this.userId = userId;
  }

  deliver(events: readonly LiveEvent[]): void {
    this.got.push(...events.map((event) => event.meta.seq));
  }
}

function event(seq: number, effect?: StreamEffect): CommittedEvent {
  return { stream, seq, type: 'message:receive', actorId: null, body: { seq }, effect, at: new Date(0) };
}

const show = (committed: CommittedEvent) => toLiveEvent(committed, committed.body);

/** A log with programmed failures and delays, and a pump over it. */
function makePump(
  log: readonly CommittedEvent[],
  options: { ready?: boolean; failures?: number; delay?: () => number } = {},
) {
  let failures = options.failures ?? 0;
  const state = { committed: log.length, reads: 0, failed: 0 };
  const applied: { seq: number; got: number[][] }[] = [];
  const pause = async () => {
    const ms = options.delay?.() ?? 0;
    if (ms > 0) await sleep(ms);
  };
  const source: PumpSource = {
    async read(_stream, after, limit) {
      await pause();
      state.reads += 1;
      if (failures > 0) {
        failures -= 1;
        throw new Error('the database is away');
      }
      return log
        .slice(0, state.committed)
        .filter(({ seq }) => seq > after)
        .slice(0, limit)
        .map(show);
    },
    async render(events) {
      await pause();
      return events.map(show);
    },
    showReady: (committed) => (options.ready === false ? undefined : show(committed)),
    applyEffect({ effect, meta }) {
      applied.push({ seq: meta.seq, got: [...pump.followers].map((reader) => [...(reader as Reader).got]) });
      for (const follower of [...pump.followers]) {
        if (effect?.leave?.includes(follower.userId)) pump.followers.delete(follower);
      }
    },
    failed() {
      state.failed += 1;
    },
  };
  const pump = new Pump(stream, source);
  return { pump, state, applied };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

async function settled(check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !check(); turn++) await sleep(1);
}

describe('a pump', () => {
  it('emits the next event in the same tick if its data is available', async () => {
    const { pump, state } = makePump([]);
    const reader = new Reader('ann');
    pump.followers.add(reader);
    pump.start(4);
    await sleep(0);
    pump.feed([event(5), event(6)]);
    expect(reader.got).toEqual([5, 6]);
    expect(pump.delivered).toBe(6);
    expect(state.reads).toBe(0);
  });

  it('holds events until it knows its start position', async () => {
    const { pump } = makePump(range(1, 3).map((seq) => event(seq)));
    const reader = new Reader('ann');
    pump.followers.add(reader);
    pump.feed([event(2), event(3)]);
    pump.poke(3);
    expect(reader.got).toEqual([]);
    pump.start(1);
    await settled(() => reader.got.length === 2);
    expect(reader.got).toEqual([2, 3]);
  });

  it('emits 1…n in order, once each, for any mixture of feeds, hints, duplicates, losses, failures and delays', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.array(
          fc.oneof(
            fc.record({ kind: fc.constant('feed' as const), from: fc.nat(30), count: fc.integer({ min: 1, max: 6 }) }),
            fc.record({ kind: fc.constant('poke' as const), from: fc.nat(30), count: fc.nat(3) }),
            fc.record({ kind: fc.constant('wait' as const), from: fc.nat(2), count: fc.nat(0) }),
          ),
          { maxLength: 30 },
        ),
        fc.boolean(),
        fc.nat(3),
        fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
        async (length, steps, ready, failures, effects) => {
          const log = range(1, length).map((seq) =>
            event(seq, effects.includes(seq) ? { leave: [`leaver-${seq}`] } : undefined),
          );
          const { pump, applied } = makePump(log, { ready, failures, delay: () => Math.floor(Math.random() * 2) });
          const reader = new Reader('ann');
          const leavers = effects.map((seq) => new Reader(`leaver-${seq}`));
          for (const follower of [reader, ...leavers]) pump.followers.add(follower);
          pump.start(0);
          for (const step of steps) {
            if (step.kind === 'wait') await sleep(step.from);
            else if (step.kind === 'poke') pump.poke(Math.min(step.from, length));
            else pump.feed(log.slice(step.from, step.from + step.count));
          }
          // The beacon with the heads is sent every second; here as often as needed.
          for (let turn = 0; turn < 500 && reader.got.length < length; turn++) {
            pump.poke(length);
            await sleep(1);
          }
          await sleep(2);
          expect(reader.got).toEqual(range(1, length));
          for (const [at, seq] of effects.entries()) {
            expect(leavers[at]?.got).toEqual(range(1, Math.min(seq - 1, length)));
          }
          // Each effect once, in order, when exactly everything before it had been delivered.
          expect(applied.map(({ seq }) => seq)).toEqual(
            effects.filter((seq) => seq <= length).toSorted((a, b) => a - b),
          );
          for (const { seq, got } of applied) expect(got[0]).toEqual(range(1, seq - 1));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('survives a failing database and continues at the next hint', async () => {
    const { pump, state } = makePump([event(1), event(2)], { failures: 1 });
    const reader = new Reader('ann');
    pump.followers.add(reader);
    pump.start(0);
    pump.poke(2);
    await settled(() => state.failed === 1);
    expect(reader.got).toEqual([]);
    pump.poke(2);
    await settled(() => reader.got.length === 2);
    expect(reader.got).toEqual([1, 2]);
  });

  it('does not loop when a hint is ahead of the log', async () => {
    const { pump, state } = makePump([event(1)]);
    pump.followers.add(new Reader('ann'));
    pump.start(1);
    pump.poke(9);
    await sleep(20);
    expect(state.reads).toBe(1);
  });

  it('reads page after page when it is far behind', async () => {
    const { pump, state } = makePump(range(1, 1200).map((seq) => event(seq)));
    const reader = new Reader('ann');
    pump.followers.add(reader);
    pump.start(0);
    pump.poke(1200);
    await settled(() => reader.got.length === 1200);
    expect(reader.got).toEqual(range(1, 1200));
    expect(state.reads).toBe(3);
  });
});

import type { TaskTimer } from '@atrium/protocol';
import { expect, test } from 'vitest';
import { SLOT_MS, type Tick, TickWheel } from './wheel.ts';

const START = Date.parse('2026-08-01T12:00:00Z');
const user = '01987a00-0000-7000-8000-000000000001';

/** Time of a task with timers that started so many milliseconds before the test. */
function timer(taskId: string, baseMs: number, ...ages: number[]): [string, TaskTimer] {
  const running = ages.map((age, at) => ({
    id: `${taskId}-${at}`,
    taskId,
    userId: user,
    startedAt: new Date(START - age).toISOString(),
    stoppedAt: null,
  }));
  return [taskId, { baseMs, running }];
}

/** A wheel with a clock that the test sets. */
function setUp() {
  let passed = 0;
  const ticks: Tick[] = [];
  const wheel = new TickWheel({ emit: (tick) => ticks.push(tick), nowMs: () => START + passed, sinceMs: 0 });
  return {
    wheel,
    /** Advances the wheel by 50 ms at a time. @returns the ticks */
    run(ms: number, stepMs = SLOT_MS) {
      ticks.length = 0;
      for (const end = passed + ms; passed < end; ) {
        passed += stepMs;
        wheel.turn(passed);
      }
      return [...ticks];
    },
    ticks,
  };
}

test('a change ticks immediately, and a running task once a second from then on', () => {
  const { run, ticks, wheel } = setUp();
  wheel.set(...timer('a', 500, 1_000, 3_000));
  expect(ticks).toEqual([
    {
      taskId: 'a',
      totalElapsedMs: 4_500,
      activeCount: 2,
      baseMs: 500,
      startedAt: [new Date(START - 1_000).toISOString(), new Date(START - 3_000).toISOString()],
      serverNow: new Date(START).toISOString(),
    },
  ]);
  const later = run(10_000);
  expect(later).toHaveLength(10);
  const totals = later.map(({ totalElapsedMs }) => totalElapsedMs);
  expect(totals.slice(1).map((total, at) => total - (totals[at] ?? 0))).toEqual(Array(9).fill(2_000));
});

test('the tick after the last stop has no running timer, and is the last', () => {
  const { run, ticks, wheel } = setUp();
  wheel.set(...timer('a', 0, 100));
  wheel.set(...timer('a', 100));
  expect(ticks.at(-1)).toMatchObject({ totalElapsedMs: 100, activeCount: 0 });
  expect(run(3_000)).toEqual([]);
  expect(wheel.size).toBe(0);
});

test('many tasks are spread evenly over the second', () => {
  const { run, wheel } = setUp();
  for (let at = 0; at < 1_000; at += 1) wheel.set(...timer(`task-${at}`, 0, at));
  for (let slot = 0; slot < 20; slot += 1) expect(run(SLOT_MS)).toHaveLength(50);
});

test('after a stall each task ticks once, not once for every missed second', () => {
  const { run, wheel } = setUp();
  for (let at = 0; at < 40; at += 1) wheel.set(...timer(`task-${at}`, 0, 0));
  expect(run(30_000, 30_000)).toHaveLength(40);
  expect(run(1_000)).toHaveLength(40);
});

test('a task without watchers does not tick', () => {
  const { run, wheel } = setUp();
  wheel.set(...timer('a', 0, 0));
  wheel.set(...timer('b', 0, 0));
  wheel.delete('a');
  expect(run(2_000).map(({ taskId }) => taskId)).toEqual(['b', 'b']);
});

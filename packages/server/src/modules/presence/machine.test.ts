import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  absent,
  dueAt,
  GRACE_MS,
  INTERVAL_MS,
  isForgettable,
  type PersonState,
  type PresenceInput,
  type Publishing,
  shownLastSeen,
  shownStatus,
  shownUntil,
  step,
} from './machine.ts';

const T = 1_700_000_000_000;
const devices = (count: number): PresenceInput => ({ type: 'devices', count });
const chose = (status: 'online' | 'away' | 'dnd'): PresenceInput => ({ type: 'chose', status });

type Timed = readonly [at: number, input: PresenceInput];

/** Applies inputs at their times and runs the timer whenever it is due, until nothing is left. */
function play(inputs: readonly Timed[], start: PersonState = absent({ chosen: 'online', lastSeen: null })) {
  let state = start;
  const told: (Publishing & { at: number })[] = [];
  const take = (at: number, input: PresenceInput) => {
    const result = step(state, input, at);
    state = result.state;
    if (result.telling) told.push({ at, ...result.telling });
  };
  const wakeUntil = (end: number) => {
    for (let due = dueAt(state); due !== null && due < end && !isForgettable(state, due); due = dueAt(state)) {
      take(due, { type: 'due' });
    }
  };
  for (const [at, input] of inputs) {
    wakeUntil(at);
    take(at, input);
  }
  wakeUntil(Number.POSITIVE_INFINITY);
  return { state, told };
}

const brief = (told: (Publishing & { at: number })[]) => told.map(({ at, status }) => [at - T, status]);

describe('announcements', () => {
  test.each<[string, Timed[], [number, string][]]>([
    ['someone comes', [[T, devices(1)]], [[0, 'online']]],
    [
      'a second device changes nothing',
      [
        [T, devices(1)],
        [T + 5_000, devices(2)],
      ],
      [[0, 'online']],
    ],
    [
      'one of two devices disconnects',
      [
        [T, devices(2)],
        [T + 5_000, devices(1)],
      ],
      [[0, 'online']],
    ],
    [
      'the last device disconnects',
      [
        [T, devices(1)],
        [T + 5_000, devices(0)],
      ],
      [
        [0, 'online'],
        [5_000 + GRACE_MS, 'offline'],
      ],
    ],
    [
      'a reconnect within the grace period',
      [
        [T, devices(1)],
        [T + 5_000, devices(0)],
        [T + 7_999, devices(1)],
      ],
      [[0, 'online']],
    ],
    [
      'a return after the grace period',
      [
        [T, devices(1)],
        [T + 5_000, devices(0)],
        [T + 9_000, devices(1)],
      ],
      [
        [0, 'online'],
        [8_000, 'offline'],
        [9_000, 'online'],
      ],
    ],
    [
      'a second disconnect restarts the grace period',
      [
        [T, devices(1)],
        [T + 5_000, devices(0)],
        [T + 7_000, devices(1)],
        [T + 7_500, devices(0)],
      ],
      [
        [0, 'online'],
        [10_500, 'offline'],
      ],
    ],
    [
      'do not disturb',
      [
        [T, devices(1)],
        [T + 5_000, chose('dnd')],
      ],
      [
        [0, 'online'],
        [5_000, 'dnd'],
      ],
    ],
    [
      'a change within a second waits',
      [
        [T, devices(1)],
        [T + 200, chose('away')],
      ],
      [
        [0, 'online'],
        [INTERVAL_MS, 'away'],
      ],
    ],
    [
      'a change and its reversal within a second is not announced',
      [
        [T, devices(1)],
        [T + 200, chose('away')],
        [T + 400, chose('online')],
      ],
      [[0, 'online']],
    ],
    [
      'choosing a status without a connection',
      [
        [T, chose('dnd')],
        [T + 1_000, devices(1)],
      ],
      [[1_000, 'dnd']],
    ],
    [
      'choosing a status within the grace period',
      [
        [T, devices(1)],
        [T + 5_000, devices(0)],
        [T + 6_000, chose('dnd')],
      ],
      [
        [0, 'online'],
        [8_000, 'offline'],
      ],
    ],
    [
      'a return with another status within the grace period',
      [
        [T, devices(1)],
        [T + 5_000, devices(0)],
        [T + 6_000, chose('dnd')],
        [T + 7_000, devices(1)],
      ],
      [
        [0, 'online'],
        [7_000, 'dnd'],
      ],
    ],
  ])('%s', (_what, inputs, expected) => {
    expect(brief(play(inputs).told)).toEqual(expected);
  });

  test('last seen is the time when the last device disconnected, not when that was announced', () => {
    const { told } = play([
      [T, devices(2)],
      [T + 5_000, devices(0)],
    ]);
    expect(told.at(-1)).toEqual({ at: T + 8_000, status: 'offline', devices: 0, lastSeen: T + 5_000 });
    expect(told[0]).toEqual({ at: T, status: 'online', devices: 2, lastSeen: T });
  });

  test('a status chosen earlier is restored immediately', () => {
    const start = absent({ chosen: 'away', lastSeen: T - 60_000 });
    expect(brief(play([[T, devices(1)]], start).told)).toEqual([[0, 'away']]);
  });
});

test('a request returns the current status, and no departure before the grace period ends', () => {
  const here = step(absent({ chosen: 'online', lastSeen: null }), devices(1), T).state;
  expect([shownStatus(here), shownLastSeen(here, T + 9)]).toEqual(['online', T + 9]);
  const away = step(here, chose('away'), T + 10).state;
  expect([away.told, shownStatus(away)]).toEqual(['online', 'away']);
  const gone = step(here, devices(0), T + 20).state;
  expect([shownStatus(gone), shownLastSeen(gone, T + 99)]).toEqual(['online', T + 20]);
  const told = step(gone, { type: 'due' }, T + 20 + GRACE_MS).state;
  expect(shownStatus(told)).toBe('offline');
  expect(isForgettable(told, T + 20 + GRACE_MS)).toBe(false);
  expect(isForgettable(told, T + 20 + GRACE_MS + INTERVAL_MS)).toBe(true);
});

describe('for any sequence of inputs', () => {
  const input = fc.oneof(
    fc.nat(3).map(devices),
    fc
      .tuple(
        fc.constantFrom('online' as const, 'away' as const, 'dnd' as const),
        fc.option(fc.nat(200_000).map((wait) => T + wait)),
      )
      .map(([status, until]): PresenceInput => ({ type: 'chose', status, until })),
    fc.constant<PresenceInput>({ type: 'due' }),
  );
  const history = fc.array(fc.tuple(fc.nat(4_000), input), { maxLength: 60 }).map((steps) => {
    let at = T;
    return steps.map(([wait, happened]): Timed => {
      at += wait;
      return [at, happened];
    });
  });

  test('others end up with the current status, at most once a second, and never get the same twice', () => {
    fc.assert(
      fc.property(history, (inputs) => {
        const { state, told } = play(inputs);
        expect(state.told).toBe(state.devices > 0 ? state.chosen : 'offline');
        expect(told.at(-1)?.until ?? null).toBe(shownUntil(state));
        told.forEach((telling, at) => {
          const previous = told[at - 1];
          if (previous) expect(telling.at - previous.at).toBeGreaterThanOrEqual(INTERVAL_MS);
          expect([telling.status, telling.until]).not.toEqual([previous?.status ?? 'offline', previous?.until]);
          expect(telling.status === 'offline').toBe(telling.devices === 0);
        });
      }),
    );
  });

  test('nobody is announced as offline who was away for less than the grace period', () => {
    fc.assert(
      fc.property(history, (inputs) => {
        for (const { at, status, lastSeen } of play(inputs).told) {
          if (status === 'offline') expect(at - Number(lastSeen)).toBeGreaterThanOrEqual(GRACE_MS);
        }
      }),
    );
  });

  test('nothing is due at the end for connected people, and others are removed from memory', () => {
    fc.assert(
      fc.property(history, (inputs) => {
        const { state } = play(inputs);
        const due = dueAt(state);
        if (state.devices > 0) expect(due).toBeNull();
        else expect(isForgettable(state, due ?? T)).toBe(true);
      }),
    );
  });
});

describe('do not disturb until a time', () => {
  const until = T + 60_000;
  const dnd: PresenceInput = { type: 'chose', status: 'dnd', until };

  test('ends automatically, and both changes are announced', () => {
    const { told, state } = play([
      [T, devices(1)],
      [T + 5_000, dnd],
    ]);
    expect(brief(told)).toEqual([
      [0, 'online'],
      [5_000, 'dnd'],
      [60_000, 'online'],
    ]);
    expect(told[1]?.until).toBe(until);
    expect(told[2]?.until).toBeUndefined();
    expect(state).toMatchObject({ chosen: 'online', until: null });
  });

  test('is announced again when its end changes, and not when the same is chosen again', () => {
    const later = until + 30_000;
    const { told } = play([
      [T, devices(1)],
      [T + 5_000, dnd],
      [T + 10_000, dnd],
      [T + 15_000, { ...dnd, until: later }],
      [T + 15_500, { ...dnd, until: null }],
    ]);
    expect(told.map(({ at, status, until: end }) => [at - T, status, end])).toEqual([
      [0, 'online', undefined],
      [5_000, 'dnd', until],
      [15_000, 'dnd', later],
      [16_000, 'dnd', undefined],
    ]);
  });

  test('expires while the person is offline, and is over when they return', () => {
    const { told } = play([
      [T, devices(1)],
      [T + 5_000, dnd],
      [T + 10_000, devices(0)],
      [T + 90_000, devices(1)],
    ]);
    expect(brief(told).at(-1)).toEqual([90_000, 'online']);
  });

  test('is over immediately if the time has passed, and is replaced by another choice', () => {
    expect(step(absent({ chosen: 'dnd', until, lastSeen: null }), devices(1), until).telling?.status).toBe('online');
    const { told } = play([
      [T, devices(1)],
      [T + 5_000, dnd],
      [T + 20_000, chose('away')],
    ]);
    expect(brief(told)).toEqual([
      [0, 'online'],
      [5_000, 'dnd'],
      [20_000, 'away'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  type Action,
  checkAccess,
  checkAcknowledged,
  checkCounts,
  checkNoGaps,
  checkNothingLeft,
  checkOrder,
  checkStored,
  checkTraces,
  type Entry,
  type StoredRow,
  type StreamLog,
  type View,
} from './checkers.ts';
import { type Command, History } from './history.ts';

const STREAM = 'conversation:1';

function command(op: string, outcome: Command['outcome'] = { kind: 'unknown' }): Command {
  return { op, client: 'ann/1', userId: 'ann', conversationId: '1', outcome };
}

function row(op: string, seq: number, change: Partial<StoredRow> = {}): StoredRow {
  return { op, senderId: 'ann', conversationId: '1', seq, ...change };
}

function entries(...numbers: number[]): Entry[] {
  return numbers.map((seq) => ({ seq, type: 'message:receive', ref: `m${seq}` }));
}

function log(numbers: number[], change: Partial<StreamLog> = {}): Map<string, StreamLog> {
  return new Map([[STREAM, { floor: 0, seq: numbers.length, entries: entries(...numbers), ...change }]]);
}

function view(seen: Entry[], change: Partial<View> = {}): View {
  return { client: 'ann/1', userId: 'ann', stream: STREAM, after: 0, seen, ...change };
}

describe('K1 acknowledged commands are stored once, at the acknowledged position', () => {
  const acknowledged = [command('a', { kind: 'ok', seq: 1 }), command('b', { kind: 'ok', seq: 2 })];

  it('accepts correct data, whatever else is stored', () => {
    expect(checkAcknowledged([...acknowledged, command('c')], [row('a', 1), row('b', 2), row('x', 3)])).toEqual([]);
  });

  it.each([
    ['lost', [row('a', 1)], 'K1 lost: b'],
    ['doubled', [row('a', 1), row('b', 2), row('b', 3)], 'K1 doubled: b'],
    ['reordered', [row('a', 2), row('b', 1)], 'K1 moved: a'],
    ['foreign', [row('a', 1, { senderId: 'bob' }), row('b', 2)], 'K1 foreign: a'],
    ['foreign', [row('a', 1, { conversationId: '2' }), row('b', 2)], 'K1 foreign: a'],
  ])('catches what is %s', (_, rows, fault) => {
    expect(checkAcknowledged(acknowledged, rows).join()).toContain(fault);
  });
});

describe('K2 stored messages were sent by a participant', () => {
  const asked = [command('a', { kind: 'ok', seq: 1 }), command('b', { kind: 'fail', code: 'archived' }), command('c')];

  it('accepts an unknown command that is stored once or not at all', () => {
    expect(checkStored(asked, [row('a', 1)])).toEqual([]);
    expect(checkStored(asked, [row('a', 1), row('c', 2)])).toEqual([]);
  });

  it.each([
    ['foreign', [row('a', 1), row('x', 2)], 'K2 foreign: x at 2'],
    ['refused', [row('a', 1), row('b', 2)], 'K2 refused and yet stored: b'],
    ['doubled', [row('c', 1), row('c', 2)], 'K2 doubled: c'],
  ])('catches what is %s', (_, rows, fault) => {
    expect(checkStored(asked, rows).join()).toContain(fault);
  });
});

describe('K1 and K2 apply to actions other than sending', () => {
  const action = (trace: string | undefined, outcome: Action['outcome']): Action => {
    return { client: 'ann/1', name: 'pins.add', trace, outcome };
  };
  const actions = [action('a', 'ok'), action('b', 'fail'), action('c', 'unknown'), action(undefined, 'ok')];

  it('accepts actions as far as they were acknowledged', () => {
    expect(checkTraces(actions, ['a'])).toEqual([]);
    expect(checkTraces(actions, ['c', 'a'])).toEqual([]);
  });

  it.each([
    ['lost', [], 'K1 lost: a'],
    ['doubled', ['a', 'a'], 'K1 doubled: a'],
    ['doubled without an answer', ['a', 'c', 'c'], 'K1 doubled: c'],
    ['refused', ['a', 'b'], 'K2 refused and yet done: b'],
    ['foreign', ['a', 'x'], 'K2 foreign: x'],
  ])('catches what is %s', (_, traces, fault) => {
    expect(checkTraces(actions, traces).join()).toContain(fault);
  });
});

describe('K3 numbers have no gaps', () => {
  it('accepts a complete log, a pruned one, and an empty one', () => {
    expect(checkNoGaps(log([1, 2, 3]))).toEqual([]);
    expect(checkNoGaps(log([3, 4], { floor: 2, seq: 4 }))).toEqual([]);
    expect(checkNoGaps(log([], { floor: 5, seq: 5 }))).toEqual([]);
  });

  it.each([
    ['lost in the middle', [1, 3]],
    ['lost at the start', [2, 3]],
    ['doubled', [1, 1, 2]],
    ['reordered', [2, 1]],
  ])('catches what is %s', (_, numbers) => {
    expect(checkNoGaps(log(numbers))).toHaveLength(1);
  });

  it('detects a lost end, and one beyond the head', () => {
    expect(checkNoGaps(log([1, 2], { seq: 3 }))).toHaveLength(1);
    expect(checkNoGaps(log([1, 2], { seq: 1 }))).toHaveLength(1);
  });
});

describe('K4 all clients get the order of the database', () => {
  const stored = log([1, 2, 3, 4]);

  it('accepts all events, and all events after a position', () => {
    expect(checkOrder([view(entries(1, 2, 3, 4)), view(entries(3, 4), { after: 2 })], stored)).toEqual([]);
    expect(checkOrder([view([], { stream: 'conversation:2' })], stored)).toEqual([]);
  });

  it.each([
    ['lost in the middle', entries(1, 3, 4), 'lost'],
    ['lost at the end', entries(1, 2, 3), 'lost 4'],
    ['lost at the start', entries(2, 3, 4), 'lost'],
    ['doubled', entries(1, 2, 2, 3, 4), 'doubled 2'],
    ['doubled at the end', entries(1, 2, 3, 4, 4), 'doubled 4'],
    ['reordered', entries(1, 3, 2, 4), 'reordered'],
    ['foreign', entries(1, 2, 3, 4, 5), 'foreign 5'],
    ['foreign under a known number', [...entries(1, 2, 3), { ...entries(4)[0]!, ref: 'other' }], 'foreign at 4'],
    ['of another type', [...entries(1, 2, 3), { ...entries(4)[0]!, type: 'message:ack' }], 'foreign at 4'],
  ])('catches what is %s', (_, seen, fault) => {
    const faults = checkOrder([view(entries(1, 2, 3, 4)), view(seen, { client: 'bob/1' })], stored);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
    expect(faults[0]).toContain('bob/1');
  });
});

describe('K4 an event whose subject was deleted', () => {
  const skipped: Entry = { seq: 2, type: 'stream:skipped', ref: '' };
  const [first, second] = entries(1, 2);
  const logWith = (due: Entry) => new Map([[STREAM, { floor: 0, seq: 2, entries: [first!, due] }]]);

  it('may be skipped by clients that read it late', () => {
    const stored = logWith({ ...second!, gone: true });
    expect(checkOrder([view([first!, skipped]), view(entries(1, 2))], stored)).toEqual([]);
  });

  it('may neither be left out nor replaced by another event, and no event with an existing subject is skipped', () => {
    const stored = logWith({ ...second!, gone: true });
    expect(checkOrder([view([first!])], stored)).toHaveLength(1);
    expect(checkOrder([view([first!, { ...skipped, type: 'message:ack' }])], stored)).toHaveLength(1);
    expect(checkOrder([view([first!, skipped])], logWith(second!))).toHaveLength(1);
  });
});

describe('K5 only members get events', () => {
  const stays = [
    { stream: STREAM, userId: 'ann', from: 2, to: 3 },
    { stream: STREAM, userId: 'ann', from: 6, to: Number.POSITIVE_INFINITY },
  ];

  it('accepts events during a membership, also after a return', () => {
    expect(checkAccess([view(entries(2, 3, 6, 900))], stays)).toEqual([]);
  });

  it.each([
    ['before', entries(1)],
    ['after', entries(3, 4)],
    ['in between', entries(5)],
  ])('catches an event from %s', (_, seen) => {
    expect(checkAccess([view(seen)], stays)).toHaveLength(1);
  });

  it('detects other users, and other streams', () => {
    expect(checkAccess([view(entries(2), { userId: 'bob' })], stays)).toHaveLength(1);
    expect(checkAccess([view(entries(2), { stream: 'conversation:2' })], stays)).toHaveLength(1);
  });
});

it('K6 compares derived numbers with a recount', () => {
  const right = { what: 'unread of ann', told: 3, counted: 3 };
  expect(checkCounts([right])).toEqual([]);
  expect(checkCounts([right, { ...right, told: 4 }])).toEqual(['K6 unread of ann: told 4, counted 3']);
  expect(checkCounts([{ ...right, told: 2 }])).toHaveLength(1);
});

it('K7 names what is left behind', () => {
  expect(checkNothingLeft({ processes: [], files: [] })).toEqual([]);
  expect(checkNothingLeft({ processes: [17, 19], files: [] })).toEqual(['K7 processes: 17, 19']);
});

describe('the history', () => {
  it('knows the outcome of every command, and treats one without an outcome as unknown', () => {
    const history = new History();
    const begin = { kind: 'invoke', client: 'ann/1', userId: 'ann', conversationId: '1' } as const;
    for (const op of ['a', 'b', 'c']) history.add({ ...begin, op });
    history.add({ kind: 'ok', client: 'ann/1', op: 'b', seq: 7 });
    history.add({ kind: 'fail', client: 'ann/1', op: 'a', code: 'archived' });
    const outcomes = history.commands().map(({ op, outcome: { kind } }) => [op, kind]);
    expect(outcomes).toEqual([
      ['a', 'fail'],
      ['b', 'ok'],
      ['c', 'unknown'],
    ]);
  });

  it('rejects an outcome without a command', () => {
    const history = new History();
    history.add({ kind: 'ok', client: 'ann/1', op: 'x', seq: 1 });
    expect(() => history.commands()).toThrow('x ended and was never begun');
  });
});

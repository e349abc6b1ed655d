import { fromSnapshot, type LiveEvent, type LiveState, replay, type Snapshot, type StreamName } from '@atrium/client';
import { type DurableType, events, isCommand, isDurable, operations } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../app.ts';
import { collect, missing } from '../collect.ts';
import {
  durable,
  fresh,
  type LiveCopy,
  missedSince,
  schemaFault,
  stateAfter,
  takeCopy,
  windowsAfter,
} from '../live-copy.ts';
import type { SeenEvent } from '../socket.ts';
import { type Cast, clearScene, makeCast, makeScene, type Observer } from './cast.ts';
import type { Case } from './snapshot-case.ts';

interface SnapshotCases {
  cases: Record<string, Case>;
  /** Events that a copy does not need to be right: they close connections, or only advance the position. */
  eventsWithoutState?: DurableType[];
}

const collected = await collect<SnapshotCases>('snapshot-cases', 'cases');

/** One or more cases for every command, from all features. */
const cases = collected
  .flatMap(({ file, exports }) =>
    Object.entries(exports.cases).map(([title, each]) => ({
      title,
      operation: title.split(' / ')[0] ?? '',
      file,
      each,
    })),
  )
  .map((found, number) => ({ ...found, number }));

let app: TestApp;
let cast: Cast;
const seen = new Set<string>();
const missedIfDropped = new Set<string>();

beforeAll(async () => {
  app = await testApp();
  cast = await makeCast(app);
});

afterAll(async () => {
  for (const who of Object.values(cast ?? {})) if (typeof who === 'object' && 'tap' in who) who.tap.close();
  await app?.close();
});

/** The same events without the data of one type. */
function without(type: string, missed: readonly LiveEvent[]): LiveEvent[] {
  return missed.map((event) =>
    event.type === type ? ({ ...event, type: 'stream:skipped', data: {} } as LiveEvent) : event,
  );
}

function equals(one: unknown, other: unknown): boolean {
  try {
    expect(one).toEqual(other);
    return true;
  } catch {
    return false;
  }
}

/**
 * The state from the events of the connection. If a stream has a higher head than those, as when it is opened, the rest
 * is requested.
 */
async function receivedInTime(who: Observer, before: LiveCopy, from: number, wanted: LiveState): Promise<LiveState> {
  const deadline = Date.now() + 3_000;
  for (;;) {
    const heard = who.tap.heard.slice(from);
    const state = replay(before.snapshot, [...durable(heard), ...(await toldToAskFor(who, heard))]);
    if (equals(state, wanted) || Date.now() > deadline) return state;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function toldToAskFor(who: Observer, heard: readonly SeenEvent[]): Promise<LiveEvent[]> {
  const heads = heard.flatMap(({ type, data }) =>
    type === 'heads' ? Object.entries(data as Record<string, number>) : [],
  );
  const pages = heads.map(async ([stream, head]) => {
    const { events: found } = await who.call('streams.sync', { stream: stream as StreamName, after: 0 });
    return found.filter(({ meta }) => meta.seq <= head);
  });
  return (await Promise.all(pages)).flat() as LiveEvent[];
}

/**
 * Compares everything that one observer could see of the case with a new snapshot.
 * @param during taken while the case was under way, by those who take one in it
 */
async function check(who: Observer, before: LiveCopy, during: Snapshot | undefined, from: number): Promise<void> {
  const after = await takeCopy(who);
  const wanted = fresh(after);
  const name = who.me.name;
  const missed = await missedSince(who, before.snapshot);
  for (const event of missed) {
    expect(schemaFault(event), name).toBeUndefined();
    seen.add(event.type);
  }
  expect(stateAfter(before, missed), `${name}, by resume`).toEqual(wanted);
  const windows = windowsAfter(before, missed);
  for (const [id, window] of Object.entries(windows)) {
    expect(window, `${name}, history`).toEqual(after.windows[id]);
  }
  if (during !== undefined) {
    const late = await missedSince(who, during);
    expect(replay(during, late), `${name}, by a snapshot in the middle`).toEqual(wanted);
  }

  // The end of a session ends its connection: it receives nothing more.
  if (!missed.some(({ type }) => type === 'session:revoked')) {
    expect(await receivedInTime(who, before, from, wanted), `${name}, live`).toEqual(wanted);
  }
  for (const event of durable(who.tap.heard.slice(from))) expect(schemaFault(event), name).toBeUndefined();
  for (const type of new Set(missed.map((event) => event.type))) {
    const rest = without(type, missed);
    const sameWindows = Object.entries(windowsAfter(before, rest)).every(([id, each]) =>
      equals(each, after.windows[id]),
    );
    if (!sameWindows || !equals(replay(before.snapshot, rest), wanted)) missedIfDropped.add(type);
  }
}

/**
 * Takes a snapshot beside a case, if it is the observer's turn: each does so in every third case, and each case has at
 * least two who do. About as long as the case takes lies between the first and the last.
 */
async function takeBeside(who: Observer, at: number, number: number): Promise<Snapshot | undefined> {
  if ((at + number) % 3 !== 0) return undefined;
  await new Promise((resolve) => setTimeout(resolve, 2 * at));
  return await who.call('streams.snapshot', {});
}

async function run({ prepare, act }: Case, number: number): Promise<void> {
  const scene = await makeScene(cast);
  const prepared = { extra: cast.dan, text: '', ...(await prepare?.(scene)) };
  const { ann, bob, eve, gus, dan, root } = cast;
  const watching = [...new Set([ann, bob, eve, gus, dan, root, prepared.extra])];
  const before = await Promise.all(watching.map(takeCopy));
  const from = watching.map(({ tap }) => tap.heard.length);
  const [during] = await Promise.all([
    Promise.all(watching.map((who, at) => takeBeside(who, at, number))),
    act(scene, prepared),
  ]);
  await Promise.all(watching.map((who, at) => check(who, before[at]!, during[at], from[at]!)));
  if (prepared.extra !== dan) prepared.extra.tap.close();
  await clearScene(scene);
}

describe('F22 a snapshot with later events equals a new snapshot', () => {
  it('F22 has a case for every command', () => {
    const commands = operations.filter(isCommand).map(({ name }) => name);
    expect(missing(commands, cases, 'snapshot-cases')).toEqual([]);
    expect(cases.map(({ operation }) => operation).filter((name) => !commands.includes(name))).toEqual([]);
    const titles = cases.map(({ title }) => title);
    expect(titles.filter((title, at) => titles.indexOf(title) < at)).toEqual([]);
  });

  it.each(cases)('F22 $title', ({ each, number }) => run(each, number));

  it('F22 every durable event was seen, with nothing outside its schema', () => {
    const where = 'a case in modules/<feature>/test/snapshot-cases.ts makes each durable event happen';
    expect([...seen].sort(), where).toEqual(
      Object.keys(events)
        .filter((type) => isDurable(type as keyof typeof events))
        .sort(),
    );
  });

  it('F22 detects any type of event that is not delivered', () => {
    const silent = [...seen].filter((type) => !missedIfDropped.has(type));
    const where = 'events that change no state are in eventsWithoutState of modules/<feature>/test/snapshot-cases.ts';
    expect(silent.sort(), where).toEqual(collected.flatMap(({ exports }) => exports.eventsWithoutState ?? []).sort());
  });

  it('F22 an old copy without the events does not equal a new one', async () => {
    const { ann } = cast;
    const old = await takeCopy(ann);
    await ann.call('workspaces.create', { name: 'Unseen' });
    expect(fromSnapshot(old.snapshot)).not.toEqual(fresh(await takeCopy(ann)));
  });
});

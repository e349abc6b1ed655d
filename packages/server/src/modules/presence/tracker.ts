import type { Presence } from '@atrium/protocol';
import type { Logger } from 'pino';
import { createBatch, type Schedule } from './batch.ts';
import type { Connections } from './connections.ts';
import {
  absent,
  type ChosenStatus,
  dueAt,
  isForgettable,
  type PersonState,
  type PresenceInput,
  shownLastSeen,
  shownStatus,
  shownUntil,
  step,
} from './machine.ts';

/** How often the last-seen times of connected people are stored; after a crash they are at most this old. */
const TOUCH_MS = 60_000;
/** Maximum number of people in one statement. */
const PEOPLE = 2_000;
/** Maximum number of people in one announcement: each may be seen by thousands. */
const TOLD = 250;

/** The stored presence of a person. */
export interface Remembered {
  chosen: ChosenStatus;
  /** When the chosen status expires. */
  until?: Date | null;
  lastSeen: Date | null;
}

export interface TrackerDeps {
  connections: Pick<Connections, 'devices' | 'countHere' | 'onChange'>;
  clock: { now(): Date };
  schedule: Schedule;
  log: Pick<Logger, 'warn'>;
  /** Reads stored presence; people without an entry never connected and chose no status. */
  load(userIds: readonly string[]): Promise<ReadonlyMap<string, Remembered>>;
  /** Stores when people were last seen. */
  save(lastSeen: ReadonlyMap<string, Date>): Promise<void>;
  /** Announces the presence of people to those who may see it. */
  tell(presences: readonly Presence[]): Promise<void>;
}

/**
 * Tracks the presence of everyone, on all nodes. Each node applies the same rules and notifies its own connections, so
 * each connection is notified once, and the loss of a node loses nothing.
 */
export interface Tracker {
  /** The presence of a user, given what is stored. */
  show(userId: string, remembered: Remembered | undefined): Presence;
  /** A user chose a status, which is already stored. */
  chose(userId: string, status: ChosenStatus, until?: Date | null): void;
  /** Everyone who is not shown as offline. */
  present(): string[];
  start(): void;
  /** Stops listening and stores the last-seen times. */
  stop(): Promise<void>;
}

interface Person {
  state: PersonState;
  /** When the timer fires, and how to cancel it. */
  timer?: { at: number; cancel(): void } | undefined;
}

/** A chosen status. */
interface Choice {
  chosen: ChosenStatus;
  until: Date | null;
}

const toDate = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** Creates the tracker. It keeps the state of everyone who is online or has just left, with timers. */
export function createTracker(deps: TrackerDeps): Tracker {
  const { connections, schedule } = deps;
  const people = new Map<string, Person>();
  /** People whose stored presence is being read, with the status that they chose in the meantime. */
  const arriving = new Map<string, Choice | undefined>();
  const now = (): number => deps.clock.now().getTime();
  const failed = (what: string) => (error: unknown) => deps.log.warn({ err: error }, `presence: ${what} failed`);
  const loads = createBatch<true>({ work: admit, failed: failed('reading'), most: PEOPLE, schedule });
  const saves = createBatch<Date>({ work: deps.save, failed: failed('writing'), most: PEOPLE, schedule });
  const tellings = createBatch<Presence>({
    work: (entries) => deps.tell([...entries.values()]),
    failed: failed('telling'),
    most: TOLD,
    schedule,
  });
  let stopped = false;
  let stopListening: (() => void) | undefined;
  let cancelTouch: (() => void) | undefined;

  function toPresence(
    userId: string,
    shown: { status: Presence['status']; lastSeen: Date | null; devices: number; until?: number | null },
  ): Presence {
    return {
      userId,
      status: shown.status,
      lastSeen: shown.lastSeen?.toISOString() ?? null,
      devices: shown.devices,
      ...(shown.until && { until: new Date(shown.until).toISOString() }),
    };
  }

  function advance(userId: string, person: Person, input: PresenceInput): void {
    const at = now();
    const { state, telling } = step(person.state, input, at);
    person.state = state;
    if (telling) {
      const lastSeen = toDate(telling.lastSeen);
      tellings.add(userId, toPresence(userId, { ...telling, lastSeen }));
      if (lastSeen) saves.add(userId, lastSeen);
    }
    if (isForgettable(state, at)) forget(userId, person);
    else rewind(userId, person, at);
  }

  function forget(userId: string, person: Person): void {
    person.timer?.cancel();
    people.delete(userId);
  }

  function rewind(userId: string, person: Person, at: number): void {
    const due = dueAt(person.state);
    if (person.timer?.at === due) return;
    person.timer?.cancel();
    person.timer = undefined;
    if (due === null) return;
    const cancel = schedule(Math.max(0, due - at), () => {
      person.timer = undefined;
      advance(userId, person, { type: 'due' });
    });
    person.timer = { at: due, cancel };
  }

  async function admit(entries: ReadonlyMap<string, true>): Promise<void> {
    const remembered = await deps.load([...entries.keys()]);
    if (stopped) return;
    for (const userId of entries.keys()) {
      const known: Remembered = remembered.get(userId) ?? { chosen: 'online', lastSeen: null };
      const { chosen, until } = arriving.get(userId) ?? known;
      const lastSeen = known.lastSeen?.getTime() ?? null;
      const person = { state: absent({ chosen, until: until?.getTime() ?? null, lastSeen }) };
      arriving.delete(userId);
      const count = connections.devices(userId);
      if (count === 0) {
        saves.add(userId, deps.clock.now());
        continue;
      }
      people.set(userId, person);
      advance(userId, person, { type: 'devices', count });
    }
  }

  function changed(userId: string, count: number): void {
    const person = people.get(userId);
    if (person) advance(userId, person, { type: 'devices', count });
    else if (count > 0 && !arriving.has(userId)) {
      arriving.set(userId, undefined);
      loads.add(userId, true);
    }
  }

  function touch(): void {
    const seen = deps.clock.now();
    for (const userId of people.keys()) if (connections.countHere(userId) > 0) saves.add(userId, seen);
    cancelTouch = schedule(TOUCH_MS, touch);
  }

  return {
    show(userId, remembered) {
      const person = people.get(userId);
      if (person) {
        const { state } = person;
        const lastSeen = toDate(shownLastSeen(state, now()));
        return toPresence(userId, {
          status: shownStatus(state),
          lastSeen,
          devices: state.devices,
          until: shownUntil(state),
        });
      }
      const devices = connections.devices(userId);
      if (devices === 0)
        return toPresence(userId, { status: 'offline', lastSeen: remembered?.lastSeen ?? null, devices });
      const { chosen: status, until } = arriving.get(userId) ?? remembered ?? { chosen: 'online' as const };
      const shown = { status, lastSeen: deps.clock.now(), devices, until: until?.getTime() ?? null };
      return toPresence(userId, shown);
    },

    chose(userId, status, until = null) {
      const person = people.get(userId);
      if (person) advance(userId, person, { type: 'chose', status, until: until?.getTime() ?? null });
      else if (arriving.has(userId)) arriving.set(userId, { chosen: status, until });
    },

    present() {
      const followed = [...people].filter(([, { state }]) => shownStatus(state) !== 'offline');
      const lookedUp = [...arriving.keys()].filter((userId) => connections.devices(userId) > 0);
      return [...followed.map(([userId]) => userId), ...lookedUp];
    },

    start() {
      stopListening = connections.onChange(changed);
      cancelTouch = schedule(TOUCH_MS, touch);
    },

    async stop() {
      stopped = true;
      stopListening?.();
      cancelTouch?.();
      const seen = deps.clock.now();
      for (const [userId, { state, timer }] of people) {
        timer?.cancel();
        saves.add(userId, toDate(shownLastSeen(state, seen.getTime())) ?? seen);
      }
      for (const userId of arriving.keys()) saves.add(userId, seen);
      people.clear();
      const closed = await Promise.allSettled([saves.close(), tellings.close(), loads.close()]);
      for (const result of closed) if (result.status === 'rejected') failed('the last writing')(result.reason);
    },
  };
}

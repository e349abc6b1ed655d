import { sizes } from '@atrium/protocol';
import type { Connections } from '../../../platform/live/index.ts';
import type { NotificationRow } from '../rows/tables.ts';

/** The connections, as far as viewing uses them. */
export type ViewingConnections = Pick<
  Connections,
  'devices' | 'of' | 'onChange' | 'onPeers' | 'onRejoin' | 'publishToPeers'
>;

/** The user of the connection. */
interface Caller {
  userId: string;
  sessionId: string;
}

interface Here {
  sessionId: string;
  ids: ReadonlySet<string>;
}

interface Elsewhere {
  ids: ReadonlySet<string>;
  /** When it expires, unless its node repeats it; on the clock of `performance.now()`. */
  until: number;
}

const TOPIC = 'notifications:viewing';
/** How often a node repeats its state to the others, which may have missed it. */
const REPEAT_MS = 30_000;
/** How long the state of a crashed node is used. */
const BELIEVED_MS = 75_000;

/** By user, then by connection. */
type ByConnection<Entry> = Map<string, Map<string, Entry>>;

function put<Entry>(entries: ByConnection<Entry>, userId: string, connectionId: string, entry: Entry): void {
  const own = entries.get(userId) ?? new Map<string, Entry>();
  entries.set(userId, own.set(connectionId, entry));
}

function remove<Entry>(entries: ByConnection<Entry>, userId: string, connectionId: string): void {
  const own = entries.get(userId);
  own?.delete(connectionId);
  if (own?.size === 0) entries.delete(userId);
}

const listOf = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.length <= sizes.viewed && value.every((id) => typeof id === 'string')
    ? value
    : undefined;

/** The conversation or thread, and the task, in which a person sees the subject of a notification. */
export const subjectsOf = (row: Pick<NotificationRow, 'thread_id' | 'conversation_id' | 'task_id'>): string[] =>
  [row.thread_id ?? row.conversation_id, row.task_id].filter((id) => id !== null);

/**
 * What users have in a focused, visible window: ids of conversations, threads and tasks by connection, of all nodes.
 * Nothing is stored. If a message between nodes is lost, an unnecessary push message is sent.
 */
export class Viewing {
  readonly #connections: ViewingConnections;
  readonly #now: () => number;
  readonly #here: ByConnection<Here> = new Map();
  readonly #elsewhere: ByConnection<Elsewhere> = new Map();

  constructor(connections: ViewingConnections, now: () => number = () => performance.now()) {
    this.#connections = connections;
    this.#now = now;
    connections.onPeers(TOPIC, (data) => this.#hear(data));
    connections.onRejoin(() => this.repeat());
    connections.onChange((userId) => this.#dropClosed(userId));
  }

  /**
   * Replaces what a connection shows or, without a connection, all open connections of the session, which may be on
   * other nodes.
   */
  set(caller: Caller, connectionId: string | undefined, ids: readonly string[]): void {
    this.#setHere(caller, connectionId, ids);
    const { userId, sessionId } = caller;
    if (connectionId === undefined) this.#connections.publishToPeers(TOPIC, { userId, sessionId, ids: [...ids] });
  }

  /** Whether a user looks at one of these on any connection. */
  isViewing(userId: string, ids: readonly string[]): boolean {
    // Without a connection nobody looks, whatever a crashed node said.
    if (ids.length === 0 || this.#connections.devices(userId) === 0) return false;
    const isAmong = (viewed: ReadonlySet<string>) => ids.some((id) => viewed.has(id));
    const now = this.#now();
    const here = [...(this.#here.get(userId)?.values() ?? [])];
    const elsewhere = [...(this.#elsewhere.get(userId)?.values() ?? [])];
    return [...here, ...elsewhere.filter(({ until }) => until > now)].some((entry) => isAmong(entry.ids));
  }

  /** Repeats the state of this node to the others, and removes what others did not repeat. */
  repeat(): void {
    for (const [userId, connections] of this.#here) {
      for (const [connectionId, { ids }] of connections) this.#tell(userId, connectionId, [...ids]);
    }
    const now = this.#now();
    for (const [userId, connections] of this.#elsewhere) {
      for (const [id, { until }] of connections) if (until <= now) remove(this.#elsewhere, userId, id);
    }
  }

  /** Repeats the state periodically. @returns stops it */
  start(): () => void {
    const timer = setInterval(() => this.repeat(), REPEAT_MS).unref();
    return () => clearInterval(timer);
  }

  #setHere({ userId, sessionId }: Caller, connectionId: string | undefined, ids: readonly string[]): void {
    for (const { socket } of this.#connections.of({ userId, sessionId }, connectionId)) {
      if (ids.length === 0) remove(this.#here, userId, socket.id);
      else put(this.#here, userId, socket.id, { sessionId, ids: new Set(ids) });
      this.#tell(userId, socket.id, ids);
    }
  }

  #tell(userId: string, connectionId: string, ids: readonly string[]): void {
    this.#connections.publishToPeers(TOPIC, { userId, connectionId, ids: [...ids] });
  }

  #hear({ userId, sessionId, connectionId, ids }: Record<string, unknown>): void {
    const viewed = listOf(ids);
    if (typeof userId !== 'string' || viewed === undefined) return;
    if (typeof connectionId !== 'string') {
      if (typeof sessionId === 'string') this.#setHere({ userId, sessionId }, undefined, viewed);
    } else if (viewed.length === 0) remove(this.#elsewhere, userId, connectionId);
    else put(this.#elsewhere, userId, connectionId, { ids: new Set(viewed), until: this.#now() + BELIEVED_MS });
  }

  #dropClosed(userId: string): void {
    for (const [connectionId, { sessionId }] of this.#here.get(userId) ?? []) {
      if (this.#connections.of({ userId, sessionId }, connectionId).length > 0) continue;
      remove(this.#here, userId, connectionId);
      this.#tell(userId, connectionId, []);
    }
  }
}

import {
  apply,
  fromSnapshot,
  type LiveEvent,
  type LiveState,
  type MessageWindow,
  replay,
  type Snapshot,
} from '@atrium/client';
import { type EventType, events, isDurable, type StreamName } from '@atrium/protocol';
import type { Caller, Person } from './app.ts';
import type { SeenEvent } from './socket.ts';

type Windows = LiveState['messages'];

/** What one user had at one moment: a snapshot, and the newest part of each conversation's history. */
export interface LiveCopy {
  snapshot: Snapshot;
  windows: Windows;
}

/** Takes a copy, like a client that has just started. */
export async function takeCopy({ call }: Pick<Person, 'call'>): Promise<LiveCopy> {
  const snapshot = await call('streams.snapshot', {});
  const pages = snapshot.conversations.map(async ({ id }): Promise<[string, MessageWindow]> => {
    const { items, moreBefore, moreAfter } = await call('messages.list', { conversationId: id });
    return [id, { items, moreBefore, moreAfter }];
  });
  return { snapshot, windows: Object.fromEntries(await Promise.all(pages)) };
}

/**
 * All events of all streams after a snapshot, page by page, as a client reads them: streams that are opened on the way
 * from their start, and those that answer `reset` no longer.
 */
export async function missedSince({ call }: { call: Caller }, { asOf }: Snapshot): Promise<LiveEvent[]> {
  const since = { ...asOf } as Record<StreamName, number>;
  const missed: LiveEvent[] = [];
  for (;;) {
    const page = await call('streams.resume', { since });
    const found = page.events as LiveEvent[];
    missed.push(...found);
    for (const { meta } of found) since[meta.stream] = meta.seq;
    const entered = found.flatMap(enteredBy);
    for (const [stream, at] of entered) since[stream] = Math.max(at, since[stream] ?? 0);
    for (const stream of page.reset) delete since[stream as StreamName];
    if (!page.more && entered.length === 0) return missed;
  }
}

function enteredBy(event: LiveEvent): [StreamName, number][] {
  if (event.type === 'workspace:joined') {
    const { asOf, workspace } = event.data;
    return asOf === null ? [] : [[`workspace:${workspace.id}`, asOf]];
  }
  if (event.type === 'conversation:joined') return [[`conversation:${event.data.conversation.id}`, event.data.asOf]];
  return [];
}

/** The state after an older snapshot and later events. */
export function stateAfter({ snapshot }: LiveCopy, missed: readonly LiveEvent[]): LiveState {
  return replay(snapshot, missed);
}

/** The state of a new snapshot. */
export function fresh({ snapshot }: LiveCopy): LiveState {
  return fromSnapshot(snapshot);
}

/** The loaded history after later events; that of new conversations is not loaded yet. */
export function windowsAfter({ snapshot, windows }: LiveCopy, missed: readonly LiveEvent[]): Windows {
  return missed.reduce(apply, { ...fromSnapshot(snapshot), messages: windows }).messages;
}

/** The durable events that a connection received. */
export function durable(heard: readonly SeenEvent[]): LiveEvent[] {
  return heard.filter(({ meta }) => meta !== undefined) as unknown as LiveEvent[];
}

/** What is wrong with the form of an event: a field that is not in its schema, a type that is not durable. */
export function schemaFault({ type, data, meta }: LiveEvent): string | undefined {
  const spec = events[type as EventType];
  if (spec === undefined || !isDurable(type)) return `${type} is not a durable event`;
  const on = spec.on as readonly string[];
  if (!on.includes(meta.stream.slice(0, meta.stream.indexOf(':')))) return `${type} does not belong to ${meta.stream}`;
  const parsed = spec.data.safeParse(data);
  if (!parsed.success) return `${type}: ${parsed.error.message}`;
  return canonical(parsed.data) === canonical(data)
    ? undefined
    : `${type} has fields outside its schema: ${canonical(data)}`;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

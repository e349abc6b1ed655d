import { type EventType, events, isDurable, type StreamName, streamName } from '@atrium/protocol';
import { z } from 'zod';

/** Maximum size of a message in bytes; longer ones are dropped. */
const MOST_BYTES = 256 * 1024;
/** Maximum number of entries in one message. */
export const MOST_ENTRIES = 1_000;
/** Maximum number of users in one message, lower than for other entries since each lists devices. */
export const MOST_PEOPLE = 200;
/** Maximum number of devices per user and node. */
const MOST_DEVICES = 1_000;

const counter = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const node = z.uuid();
const uuid = z.uuid();
/** Open connections by device; empty if none is left. */
const connectionsByDevice = z
  .record(uuid, z.int().min(1).max(1_000_000))
  .refine((entries) => Object.keys(entries).length <= MOST_DEVICES);
/** Open connections by user and device. */
const devices = z.record(uuid, connectionsByDevice).refine((entries) => Object.keys(entries).length <= MOST_PEOPLE);
const volatileType = z.enum(Object.keys(events) as EventType[]).refine((type) => !isDurable(type));

/** Messages between nodes. All of them may be lost. */
const message = z.discriminatedUnion('kind', [
  /** New heads of streams. */
  z.strictObject({ kind: z.literal('heads'), from: node, heads: z.record(streamName, counter).refine(isSmall) }),
  /** A volatile event for the followers of the streams. */
  z.strictObject({
    kind: z.literal('volatile'),
    from: node,
    streams: z.array(streamName).min(1).max(MOST_ENTRIES),
    type: volatileType,
    data: z.record(z.string().max(64), z.unknown()),
    exceptUserId: uuid.optional(),
  }),
  /** Heartbeat, with the current version of the node's device list. */
  z.strictObject({ kind: z.literal('beat'), from: node, version: counter }),
  /** The devices of some users changed, which makes this version of the list. */
  z.strictObject({ kind: z.literal('changed'), from: node, version: counter, devices }),
  /** The full device list of a node, in consecutive parts. */
  z
    .strictObject({
      kind: z.literal('all'),
      from: node,
      version: counter,
      part: z.int().min(0).max(9_999),
      parts: z.int().min(1).max(10_000),
      devices,
    })
    .refine(({ part, parts }) => part < parts),
  /** Requests the full device list of one node, or of all nodes. */
  z.strictObject({ kind: z.literal('ask'), from: node, of: node.optional() }),
  /** The node stops. */
  z.strictObject({ kind: z.literal('bye'), from: node }),
  /** A message between instances of one feature, which validates its data. */
  z.strictObject({
    kind: z.literal('word'),
    from: node,
    topic: z.string().min(1).max(64),
    data: z.record(z.string().max(64), z.unknown()),
  }),
]);

export type Message = z.infer<typeof message>;
/** A message without its sender. */
export type Unsigned<Kind extends Message['kind'] = Message['kind']> = Kind extends unknown
  ? Omit<Extract<Message, { kind: Kind }>, 'from'>
  : never;

function isSmall(entries: Record<string, unknown>): boolean {
  return Object.keys(entries).length <= MOST_ENTRIES;
}

/** Encodes a message; undefined if it is too long. */
export function encode(from: string, content: Unsigned): string | undefined {
  const text = JSON.stringify({ from, ...content });
  return Buffer.byteLength(text) > MOST_BYTES ? undefined : text;
}

/** Decodes a message; undefined if it is not one of this version. */
export function decode(text: string): Message | undefined {
  if (text.length > MOST_BYTES) return undefined;
  try {
    const parsed = message.safeParse(JSON.parse(text));
    if (!parsed.success) return undefined;
    if (parsed.data.kind !== 'volatile') return parsed.data;
    const data = events[parsed.data.type].data.safeParse(parsed.data.data);
    return data.success ? { ...parsed.data, data: data.data } : undefined;
  } catch {
    return undefined;
  }
}

/** Splits a map into records of at most `size` entries. Returns at least one record, which may be empty. */
export function recordsOf<Value>(entries: ReadonlyMap<string, Value>, most = MOST_ENTRIES): Record<string, Value>[] {
  const all = [...entries];
  const records: Record<string, Value>[] = [];
  for (let at = 0; at < Math.max(1, all.length); at += most) {
    records.push(Object.fromEntries(all.slice(at, at + most)));
  }
  return records;
}

/** The heads in a message, whose keys are already validated. */
export function headsIn(found: Extract<Message, { kind: 'heads' }>): [StreamName, number][] {
  return Object.entries(found.heads) as [StreamName, number][];
}

import { type EventType, events, isDurable, type StreamName, streamName } from '@atrium/protocol';
import { z } from 'zod';

/** Bytes of one message; whatever is longer is not looked at. */
const MOST_BYTES = 256 * 1024;
/** Entries in one message. */
export const MOST_ENTRIES = 1_000;
/** People in one message, each with their devices: fewer than other entries, since each takes more. */
export const MOST_PEOPLE = 200;
/** Devices of one person on one node. */
const MOST_DEVICES = 1_000;

const counter = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const node = z.uuid();
const uuid = z.uuid();
/** Open connections by device; none: nobody is there any more. */
const connectionsByDevice = z
  .record(uuid, z.int().min(1).max(1_000_000))
  .refine((entries) => Object.keys(entries).length <= MOST_DEVICES);
/** The same by user. */
const devices = z.record(uuid, connectionsByDevice).refine((entries) => Object.keys(entries).length <= MOST_PEOPLE);
const volatileType = z.enum(Object.keys(events) as EventType[]).refine((type) => !isDurable(type));

/** What nodes say to each other. Nothing of it is needed for what must not be lost. */
const message = z.discriminatedUnion('kind', [
  /** How far streams have got. */
  z.strictObject({ kind: z.literal('heads'), from: node, heads: z.record(streamName, counter).refine(isSmall) }),
  /** A volatile event for everyone who follows one of the streams. */
  z.strictObject({
    kind: z.literal('volatile'),
    from: node,
    streams: z.array(streamName).min(1).max(MOST_ENTRIES),
    type: volatileType,
    data: z.record(z.string().max(64), z.unknown()),
    exceptUserId: uuid.optional(),
  }),
  /** The node lives, and what it says of devices has this version. */
  z.strictObject({ kind: z.literal('beat'), from: node, version: counter }),
  /** The devices of these people have changed; with them the version is this one. */
  z.strictObject({ kind: z.literal('changed'), from: node, version: counter, devices }),
  /** Everyone on the node, in parts that follow one another. */
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
  /** Asks for everyone: one node, or every node. */
  z.strictObject({ kind: z.literal('ask'), from: node, of: node.optional() }),
  /** The node stops in order. */
  z.strictObject({ kind: z.literal('bye'), from: node }),
  /** A word between the parts of one feature on several nodes; that feature checks the data. */
  z.strictObject({
    kind: z.literal('word'),
    from: node,
    topic: z.string().min(1).max(64),
    data: z.record(z.string().max(64), z.unknown()),
  }),
]);

export type Message = z.infer<typeof message>;
/** A message before it is known who sends it. */
export type Unsigned<Kind extends Message['kind'] = Message['kind']> = Kind extends unknown
  ? Omit<Extract<Message, { kind: Kind }>, 'from'>
  : never;

function isSmall(entries: Record<string, unknown>): boolean {
  return Object.keys(entries).length <= MOST_ENTRIES;
}

/** The text of a message; undefined when it is too long to be taken. */
export function encode(from: string, content: Unsigned): string | undefined {
  const text = JSON.stringify({ from, ...content });
  return Buffer.byteLength(text) > MOST_BYTES ? undefined : text;
}

/** Reads a message; undefined for whatever no node of this version says. */
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

/** Cuts a map into records of at most so many entries. At least one record, which may be empty. */
export function recordsOf<Value>(entries: ReadonlyMap<string, Value>, most = MOST_ENTRIES): Record<string, Value>[] {
  const all = [...entries];
  const records: Record<string, Value>[] = [];
  for (let at = 0; at < Math.max(1, all.length); at += most) {
    records.push(Object.fromEntries(all.slice(at, at + most)));
  }
  return records;
}

/** The heads of a message, whose keys were checked. */
export function headsIn(found: Extract<Message, { kind: 'heads' }>): [StreamName, number][] {
  return Object.entries(found.heads) as [StreamName, number][];
}

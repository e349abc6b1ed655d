import type { StreamName } from '@atrium/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { readEventsAfter } from '../../platform/stream/index.ts';
import { putEntries, removeEntries, removeEntriesBefore, removeEntriesOf, type SearchEntryRow } from './entry-store.ts';
import { markTerms } from './marks.ts';
import {
  forgetPosition,
  goneStream,
  type StreamBehind,
  savePositions,
  streamsBehind,
  tryLockIndex,
} from './position-store.ts';
import type { Findable, MessageSource } from './source.ts';
import { termsOf } from './text/terms.ts';

/** Events, or messages, that one transaction takes in. */
const BITE = 1_000;
const STREAMS = 200;
/** Messages that are taken in without a rest, a few milliseconds' worth: others are being sent meanwhile. */
const MOUTHFUL = 100;

/** What was read, and how far. */
interface Reading {
  items: Findable[];
  /** Messages that events tell of and that are no longer there. */
  gone: string[];
  /** Conversations of which the oldest messages were kept long enough. */
  expired: string[];
  positions: Map<StreamName, number>;
  /** Whether there is more where this came from. */
  more: boolean;
}

const placeOf = (stream: StreamName) => stream.slice(stream.indexOf(':') + 1);

/** Messages of a stream whose log does not reach back to where the index stands. */
async function readMessages(tx: Transaction, source: MessageSource, behind: StreamBehind): Promise<Reading> {
  const { name, position, floor } = behind;
  const { items, last } = await source.written(tx, placeOf(name), { after: position, upTo: floor, limit: BITE });
  // Up to the floor there is nothing else; after it the log goes on.
  // A part of what is in the index may have gone with the log that would tell of it.
  const expired = [placeOf(name)];
  return { items, gone: [], expired, positions: new Map([[name, last ?? floor]]), more: true };
}

/**
 * The first of the streams that have a bite together. The log would be read for each of them as far as for one alone,
 * whatever of that is taken.
 */
export function enoughFor(bite: number, behind: readonly StreamBehind[]): StreamBehind[] {
  let events = 0;
  const end = behind.findIndex(({ seq, position }) => {
    events += seq - position;
    return events >= bite;
  });
  return end < 0 ? [...behind] : behind.slice(0, end + 1);
}

/** Messages that the log tells of: new, changed or deleted, as they are now. */
async function readLog(tx: Transaction, source: MessageSource, behind: readonly StreamBehind[]): Promise<Reading> {
  const positions = new Map(enoughFor(BITE, behind).map(({ name, position }) => [name, position]));
  const events = await readEventsAfter(tx, positions, BITE);
  const ids = [...new Set(events.map(({ body }) => body.messageId).filter((id) => typeof id === 'string'))];
  const items = ids.length === 0 ? [] : await source.byId(tx, ids);
  const found = new Set(items.map(({ id }) => id));
  return {
    items,
    gone: ids.filter((id) => !found.has(id)),
    expired: events.filter(({ type }) => type === 'messages:expired').map(({ stream }) => placeOf(stream)),
    positions: new Map(events.map(({ stream, seq }) => [stream, seq])),
    more: events.length > 0 && (events.length === BITE || positions.size < behind.length || behind.length === STREAMS),
  };
}

/** Lets others work for a while. */
export type Rest = () => Promise<void>;

/** What came of one bite: `idle` when there was nothing to do, or another node is at it. */
export type Progress = 'more' | 'done' | 'idle';

/**
 * Takes a bite of what is not yet in the index. What is read, what is written and how far it has come are one
 * transaction, so everything goes in once, whenever the program ends.
 * @param rest is waited for after each hundred messages
 */
export async function indexSome(tx: Transaction, source: MessageSource, rest: Rest): Promise<Progress> {
  if (!(await tryLockIndex(tx))) return 'idle';
  const behind = await streamsBehind(tx, STREAMS);
  if (behind.length === 0) return 'idle';
  const pruned = behind.find(({ position, floor }) => position < floor);
  const reading = pruned ? await readMessages(tx, source, pruned) : await readLog(tx, source, behind);
  await putItems(tx, reading.items, rest);
  await removeEntries(tx, reading.gone);
  for (const place of new Set(reading.expired)) await removeEntriesBefore(tx, place, await source.oldest(tx, place));
  await savePositions(tx, reading.positions);
  return reading.more ? 'more' : 'done';
}

/** Puts messages into the index, some at a time. */
async function putItems(tx: Transaction, items: readonly Findable[], rest: Rest): Promise<void> {
  for (let at = 0; at < items.length; at += MOUTHFUL) {
    if (at > 0) await rest();
    await putEntries(tx, items.slice(at, at + MOUTHFUL).map(toEntry));
  }
}

function toEntry({ id, placeId, authorId, createdAt, text, marks }: Findable): SearchEntryRow {
  const all = [...termsOf(text), ...markTerms(text, marks)].join(' ');
  return { id, place_id: placeId, author_id: authorId, created_at: createdAt, terms: all };
}

/**
 * Takes a bite of the entries of a conversation that was deleted out of the index.
 * @returns true when there is probably more
 */
export async function removeGone(tx: Transaction): Promise<boolean> {
  if (!(await tryLockIndex(tx))) return false;
  const stream = await goneStream(tx);
  if (stream === undefined) return false;
  const removed = await removeEntriesOf(tx, placeOf(stream), BITE);
  if (removed < BITE) await forgetPosition(tx, stream);
  return true;
}

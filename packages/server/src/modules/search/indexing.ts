import type { StreamName } from '@atrium/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { readEventsAfter } from '../../platform/stream/index.ts';
import { putEntries, removeEntries, removeEntriesBefore, removeEntriesOf, type SearchEntryRow } from './entry-store.ts';
import { markTerms } from './marks.ts';
import {
  deletePosition,
  goneStream,
  type StreamBehind,
  savePositions,
  streamsBehind,
  tryLockIndex,
} from './position-store.ts';
import type { IndexedMessage, MessageSource } from './source.ts';
import { termsOf } from './text/terms.ts';

/** Maximum number of events or messages that one transaction indexes. */
const BATCH = 1_000;
const STREAMS = 200;
/** Number of messages indexed between two pauses: a few milliseconds of work, so that sending is not delayed. */
const PAUSE_EVERY = 100;

/** A batch to index, and the positions after it. */
interface Reading {
  items: IndexedMessage[];
  /** Messages of events that no longer exist. */
  gone: string[];
  /** Conversations whose oldest messages have expired. */
  expired: string[];
  positions: Map<StreamName, number>;
  /** Whether there is more to read. */
  more: boolean;
}

const conversationOf = (stream: StreamName) => stream.slice(stream.indexOf(':') + 1);

/** Reads messages of a stream whose log is pruned past the position of the index. */
async function readMessages(tx: Transaction, source: MessageSource, behind: StreamBehind): Promise<Reading> {
  const { name, position, floor } = behind;
  const { items, last } = await source.written(tx, conversationOf(name), {
    after: position,
    upTo: floor,
    limit: BATCH,
  });
  // Events about expired messages may have been pruned as well.
  const expired = [conversationOf(name)];
  return { items, gone: [], expired, positions: new Map([[name, last ?? floor]]), more: true };
}

/**
 * The first streams that together have enough events for a batch. Reading the log costs the same for each stream,
 * however few of its events are used.
 */
export function enoughFor(batch: number, behind: readonly StreamBehind[]): StreamBehind[] {
  let events = 0;
  const end = behind.findIndex(({ seq, position }) => {
    events += seq - position;
    return events >= batch;
  });
  return end < 0 ? [...behind] : behind.slice(0, end + 1);
}

/** Reads the messages of the next events, in their current state. */
async function readLog(tx: Transaction, source: MessageSource, behind: readonly StreamBehind[]): Promise<Reading> {
  const positions = new Map(enoughFor(BATCH, behind).map(({ name, position }) => [name, position]));
  const events = await readEventsAfter(tx, positions, BATCH);
  const ids = [...new Set(events.map(({ body }) => body.messageId).filter((id) => typeof id === 'string'))];
  const items = ids.length === 0 ? [] : await source.byId(tx, ids);
  const found = new Set(items.map(({ id }) => id));
  return {
    items,
    gone: ids.filter((id) => !found.has(id)),
    expired: events.filter(({ type }) => type === 'messages:expired').map(({ stream }) => conversationOf(stream)),
    positions: new Map(events.map(({ stream, seq }) => [stream, seq])),
    more: events.length > 0 && (events.length === BATCH || positions.size < behind.length || behind.length === STREAMS),
  };
}

/** Waits, so that other work is done. */
export type Pause = () => Promise<void>;

/** The outcome of one batch; `idle`: there was nothing to do, or another node is indexing. */
export type Progress = 'more' | 'done' | 'idle';

/**
 * Indexes a batch. Entries and positions are written in one transaction, so each message is indexed once, whenever the
 * process ends.
 * @param pause called after every hundred messages
 */
export async function indexSome(tx: Transaction, source: MessageSource, pause: Pause): Promise<Progress> {
  if (!(await tryLockIndex(tx))) return 'idle';
  const behind = await streamsBehind(tx, STREAMS);
  if (behind.length === 0) return 'idle';
  const pruned = behind.find(({ position, floor }) => position < floor);
  const reading = pruned ? await readMessages(tx, source, pruned) : await readLog(tx, source, behind);
  await putItems(tx, reading.items, pause);
  await removeEntries(tx, reading.gone);
  for (const id of new Set(reading.expired)) await removeEntriesBefore(tx, id, await source.oldest(tx, id));
  await savePositions(tx, reading.positions);
  return reading.more ? 'more' : 'done';
}

/** Adds messages to the index, with pauses. */
async function putItems(tx: Transaction, items: readonly IndexedMessage[], pause: Pause): Promise<void> {
  for (let at = 0; at < items.length; at += PAUSE_EVERY) {
    if (at > 0) await pause();
    await putEntries(tx, items.slice(at, at + PAUSE_EVERY).map(toEntry));
  }
}

function toEntry({ id, conversationId, authorId, createdAt, text, marks }: IndexedMessage): SearchEntryRow {
  const all = [...termsOf(text), ...markTerms(text, marks)].join(' ');
  return { id, place_id: conversationId, author_id: authorId, created_at: createdAt, terms: all };
}

/**
 * Removes a batch of entries of a deleted conversation from the index.
 * @returns true if there may be more
 */
export async function removeGone(tx: Transaction): Promise<boolean> {
  if (!(await tryLockIndex(tx))) return false;
  const stream = await goneStream(tx);
  if (stream === undefined) return false;
  const removed = await removeEntriesOf(tx, conversationOf(stream), BATCH);
  if (removed < BATCH) await deletePosition(tx, stream);
  return true;
}

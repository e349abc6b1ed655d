import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { connectionSettings } from '../../src/platform/database/index.ts';
import { type Person, type TestApp, testApp } from '../app.ts';

let app: TestApp | undefined;
afterEach(() => app?.close());

const OTHERS = 8;
/** Each sends messages in every other conversation in turn. */
const ROUNDS = 20;
/** Pause between two rounds; together they last longer than the stopped node may hold its lock. */
const ROUND_MS = 100;

interface Rooms {
  ann: Person;
  locked: string;
  others: string[];
}

async function openRooms(): Promise<Rooms> {
  app = await testApp();
  const ann = await app.person('Ann');
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Team' });
  const open = async (name: string) => {
    const channel = { workspaceId, kind: 'channel', visibility: 'private', name } as const;
    return (await ann.call('conversations.create', channel)).id;
  };
  const locked = await open('locked');
  const others: string[] = [];
  for (let at = 0; at < OTHERS; at += 1) others.push(await open(`other${at}`));
  for (const id of [locked, ...others]) await say(ann, id);
  return { ann, locked, others };
}

const say = (person: Person, conversationId: string) =>
  person.call('messages.send', { conversationId, content: 'x', clientMessageId: randomUUID() });

/**
 * A connection as each node has, which takes the lock of a stream and then does nothing more, like a stopped process.
 */
async function stopWithLock({ database }: TestApp, conversationId: string): Promise<void> {
  const client = new pg.Client(connectionSettings(database.url, 'stopped node'));
  client.on('error', () => undefined);
  onTestFinished(() => client.end().catch(() => undefined));
  await client.connect();
  await client.query('begin');
  await client.query('select from stream where name = $1 for no key update', [`conversation:${conversationId}`]);
}

/** Milliseconds that a call took, or its refusal. */
async function timed(act: () => Promise<unknown>): Promise<number | string> {
  const began = performance.now();
  try {
    await act();
    return performance.now() - began;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** The duration of messages and receipts in the other conversations while one is locked. */
async function talkElsewhere({ ann, locked, others }: Rooms): Promise<{ here: (number | string)[]; there: unknown[] }> {
  const there = [
    timed(() => say(ann, locked)),
    timed(() => ann.call('messages.ack', { conversationId: locked, readSeq: 1 })),
  ];
  const here: Promise<number | string>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const conversationId of others) {
      here.push(timed(() => say(ann, conversationId)));
      here.push(timed(() => ann.call('messages.ack', { conversationId, readSeq: round + 1 })));
    }
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
  }
  return { here: await Promise.all(here), there: await Promise.all(there) };
}

const slowest = (times: readonly (number | string)[]) =>
  Math.max(...times.map((time) => (typeof time === 'number' ? time : Number.POSITIVE_INFINITY)));

it('F49 a node that is stopped while it holds the lock of a conversation delays no other, and that one for seconds', async () => {
  const rooms = await openRooms();
  await stopWithLock(app!, rooms.locked);
  const { here, there } = await talkElsewhere(rooms);
  expect(slowest(here)).toBeLessThan(1_500);
  expect(there.filter((time) => typeof time === 'number' || time === 'unavailable')).toEqual(there);
  // The database has ended the stopped node's transaction.
  expect(slowest([await timed(() => say(rooms.ann, rooms.locked))])).toBeLessThan(6_000);
}, 60_000);

it('F49 control: a batch that waits for every lock lets one conversation delay all', async () => {
  const rooms = await openRooms();
  waitForLocks(app!);
  await stopWithLock(app!, rooms.locked);
  const { here } = await talkElsewhere(rooms);
  expect(slowest(here)).toBeGreaterThan(3_000);
}, 60_000);

function waitForLocks({ database: { pool } }: TestApp): void {
  const query = pool.query.bind(pool) as (statement: unknown, values?: unknown) => Promise<unknown>;
  const waiting = (statement: unknown, values?: unknown) => {
    const { name = '', text = '' } = statement as { name?: string; text?: string };
    if (!name.startsWith('write-messages')) return query(statement, values);
    return query({ ...(statement as object), name: `${name}-waiting`, text: text.replace('skip locked', '') }, values);
  };
  Object.assign(pool, { query: waiting });
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamName } from '@atrium/protocol';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '../../src/platform/database/index.ts';
import type { NewEvent } from '../../src/platform/stream/event.ts';
import { appendEvents, readEvents, streamRanges } from '../../src/platform/stream/store.ts';
import { testDatabase } from '../database.ts';
import { between, type Random, seededRandom } from './harness/random.ts';
import { report } from './harness/report.ts';
import { shortOrLong } from './harness/run-length.ts';

const TRANSACTIONS = shortOrLong(3_000, 10_000);
const WRITERS = 20;
const ROLLED_BACK = 0.1;
const STREAMS = Array.from({ length: 12 }, (_, at): StreamName => `conversation:${at}`);

class Rollback extends Error {}

/** Some events over one to three streams. */
function someEvents(random: Random, transaction: number): NewEvent[] {
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
    stream: STREAMS[Math.floor(random() * STREAMS.length)] ?? 'conversation:0',
    type: 'message:receive' as const,
    actorId: null,
    body: { transaction },
  }));
}

/** Runs all transactions with different durations, some of which roll back. @returns what was committed */
async function write(
  database: Database,
  random: Random,
  transactions: number,
  work: (tx: Parameters<Parameters<Database['transaction']>[0]>[0], transaction: number) => Promise<number>,
): Promise<number> {
  let started = 0;
  let committed = 0;
  const writer = async () => {
    while (started < transactions) {
      const transaction = started++;
      const isVain = random() < ROLLED_BACK;
      const [beforeMs, afterMs] = [between(random, 0, 10), random() < 0.1 ? between(random, 0, 5) : 0];
      try {
        const written = await database.transaction(async (tx) => {
          await sleep(beforeMs);
          const count = await work(tx, transaction);
          // The number is taken: the transaction with the next one may commit first, if nothing delays it.
          if (afterMs > 0) await sleep(afterMs);
          if (isVain) throw new Rollback();
          return count;
        });
        committed += written;
      } catch (error) {
        if (!(error instanceof Rollback)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return committed;
}

test('F21 of thousands of transactions, some rolled back, a reader by number misses none and finds no gap', async () => {
  const random = seededRandom('F21');
  const database = await testDatabase({ poolSize: WRITERS + 2 });
  onTestFinished(() => database.close());
  const positions = new Map(STREAMS.map((stream) => [stream, 0]));
  let holes = 0;
  let seen = 0;
  const poll = async () => {
    for (const [stream, position] of positions) {
      for (const { seq } of await readEvents(database.db, stream, position, 500)) {
        if (seq !== (positions.get(stream) ?? 0) + 1) holes += 1;
        positions.set(stream, seq);
        seen += 1;
      }
    }
  };
  let writing = true;
  const polling = (async () => {
    while (writing) await poll();
  })();
  const began = performance.now();
  const committed = await write(database, random, TRANSACTIONS, async (tx, transaction) => {
    return (await appendEvents(tx, someEvents(random, transaction))).length;
  });
  const ms = performance.now() - began;
  writing = false;
  await polling;
  const seenAlive = seen;
  for (let before = -1; before !== seen; ) {
    before = seen;
    await poll();
  }
  const heads = await streamRanges(database.db, STREAMS);
  report('F21', { committed, seenAlive, missed: committed - seen, holes, perSecond: TRANSACTIONS / (ms / 1_000) });
  expect(holes).toBe(0);
  expect(seen).toBe(committed);
  expect(heads.reduce((sum, { seq }) => sum + seq, 0)).toBe(committed);
}, 120_000);

test('F21 control: with numbers from a sequence the same reader misses some', async () => {
  const random = seededRandom('F21 control');
  const database = await testDatabase({ poolSize: WRITERS + 2 });
  onTestFinished(() => database.close());
  await sql`create table entry (seq bigserial primary key, transaction int not null)`.execute(database.db);
  let position = 0;
  let seen = 0;
  const poll = async () => {
    const { rows } = await sql<{ seq: number }>`
      select seq from entry where seq > ${position} order by seq limit 500
    `.execute(database.db);
    position = rows.at(-1)?.seq ?? position;
    seen += rows.length;
  };
  let writing = true;
  const polling = (async () => {
    while (writing) await poll();
  })();
  const committed = await write(database, random, TRANSACTIONS / 4, async (tx, transaction) => {
    await sql`insert into entry (transaction) values (${transaction})`.execute(tx);
    return 1;
  });
  writing = false;
  await polling;
  for (let before = -1; before !== seen; ) {
    before = seen;
    await poll();
  }
  report('F21 control', { committed, missed: committed - seen });
  expect(seen).toBeLessThan(committed);
}, 120_000);

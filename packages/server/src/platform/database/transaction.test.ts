import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type Database, isRetryable } from './index.ts';

let database: Database;

beforeAll(async () => {
  database = await testDatabase();
  await database.pool.query('create table purse (id integer primary key, amount integer not null)');
});

beforeEach(() => database.pool.query('truncate purse; insert into purse values (1, 0), (2, 0)'));

afterAll(() => database.close());

async function amounts(): Promise<number[]> {
  const { rows } = await database.pool.query<{ amount: number }>('select amount from purse order by id');
  return rows.map((row) => row.amount);
}

test('a failed transaction has no effect, a successful one is committed', async () => {
  const failing = database.transaction(async (tx) => {
    await sql`update purse set amount = 5`.execute(tx);
    throw new Error('Rolled back');
  });
  await expect(failing).rejects.toThrow('Rolled back');
  expect(await amounts()).toEqual([0, 0]);
  expect(
    await database.transaction(async (tx) => sql`update purse set amount = 5`.execute(tx).then(() => 'done')),
  ).toBe('done');
  expect(await amounts()).toEqual([5, 5]);
});

test('transactions that deadlock are retried until each has run exactly once', async () => {
  const transfer = (from: number, to: number) =>
    database.transaction(async (tx) => {
      await sql`update purse set amount = amount + 1 where id = ${from}`.execute(tx);
      await sql`select pg_sleep(0.05)`.execute(tx);
      await sql`update purse set amount = amount + 1 where id = ${to}`.execute(tx);
    });
  await Promise.all([transfer(1, 2), transfer(2, 1)]);
  expect(await amounts()).toEqual([2, 2]);
});

test('a serialization failure is retried, at most three times', async () => {
  let runs = 0;
  const stubborn = database.transaction(
    async (tx) => {
      runs += 1;
      await sql`select * from purse`.execute(tx);
      await database.pool.query('update purse set amount = amount + 1 where id = 1');
      await sql`update purse set amount = amount + 10 where id = 1`.execute(tx);
    },
    { isolation: 'repeatable read' },
  );
  const error = await stubborn.catch((reason: unknown) => reason);
  expect(isRetryable(error)).toBe(true);
  expect(runs).toBe(4);
  expect(await amounts()).toEqual([4, 0]);
});

test('a read-only snapshot is stable and cannot write', async () => {
  const options = { isolation: 'repeatable read', readOnly: true } as const;
  await database.transaction(async (tx) => {
    const read = async () =>
      (await sql<{ amount: number }>`select amount from purse where id = 1`.execute(tx)).rows[0]?.amount;
    expect(await read()).toBe(0);
    await database.pool.query('update purse set amount = 9');
    expect(await read()).toBe(0);
  }, options);
  const writing = database.transaction(async (tx) => sql`update purse set amount = 1`.execute(tx), options);
  await expect(writing).rejects.toThrow('read-only');
});

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from './index.ts';
import { parseInt8 } from './types.ts';

let database: Database;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.close());

test('every safe integer is parsed, and every other is refused', () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (value) => void expect(parseInt8(String(value))).toBe(value)));
  fc.assert(
    fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n }), (value) => {
      expect(() => parseInt8(String(value))).toThrow(RangeError);
      expect(() => parseInt8(String(-value))).toThrow(RangeError);
    }),
  );
});

test('columns have the types that the server expects', async () => {
  const { rows } = await database.pool.query(`select 9007199254740991::bigint as big, '{1,null,3}'::bigint[] as bigs,
    12.340::numeric as exact, '2024-02-29'::date as day, '2024-02-29T12:00:00+02'::timestamptz as at,
    '{"a":[1]}'::jsonb as json, count(*) as count from (values (1), (2)) as v`);
  expect(rows[0]).toEqual({
    big: 9007199254740991,
    bigs: [1, null, 3],
    exact: '12.340',
    day: '2024-02-29',
    at: new Date('2024-02-29T10:00:00Z'),
    json: { a: [1] },
    count: 2,
  });
});

test('an integer that is too large fails its query, and no other', async () => {
  await expect(database.pool.query('select 9007199254740993::bigint')).rejects.toThrow(RangeError);
  expect((await database.pool.query('select 1::bigint as one')).rows).toEqual([{ one: 1 }]);
});

test('instants are parsed separately, also if they are equal', async () => {
  const instants = ['2026-01-01T00:00:00.123Z', '2026-01-01T00:00:00.123Z', '2026-01-01T00:00:00.124Z'];
  const { rows } = await database.pool.query<{ at: Date }>('select unnest($1::timestamptz[]) as at', [instants]);
  for (const { at } of rows.splice(0, 2)) at.setTime(0);
  expect(rows[0]?.at.toISOString()).toBe(instants[2]);
  const again = await database.pool.query<{ at: Date }>('select unnest($1::timestamptz[]) as at', [instants]);
  expect(again.rows.map(({ at }) => at.toISOString())).toEqual(instants);
  const { rows: odd } = await database.pool.query(
    `select 'infinity'::timestamptz as at, 'infinity'::timestamptz as too`,
  );
  expect(odd[0]).toEqual({ at: Number.POSITIVE_INFINITY, too: Number.POSITIVE_INFINITY });
});

test('an instant is unchanged by the database, whatever its time zone there', async () => {
  const at = new Date('2027-03-28T01:30:00.123Z');
  const { rows } = await database.pool.query(
    `select $1::timestamptz as at, to_char($1::timestamptz, 'HH24:MI') as wall`,
    [at],
  );
  expect(rows[0]).toEqual({ at, wall: '01:30' });
});

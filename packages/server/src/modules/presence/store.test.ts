import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from '../../platform/database/index.ts';
import { newId } from '../../platform/new-id.ts';
import { countPeople, peoplePage, rememberedOf, saveChosen, saveLastSeen } from './store.ts';

let database: Database;
const ids = Array.from({ length: 5 }, () => newId()).sort();
const [ann, bob, cem] = ids as [string, string, string];
const at = (second: number) => new Date(Date.UTC(2025, 0, 1, 0, 0, second));

beforeAll(async () => {
  database = await testDatabase();
  for (const id of ids) {
    await database.pool.query('insert into account (id, email, name) values ($1, $2, $3)', [
      id,
      `${id}@example.org`,
      'Someone',
    ]);
  }
});
afterAll(() => database.close());

test('stores the chosen status and the last-seen time independently', async () => {
  await saveChosen(database.db, ann, 'dnd', null);
  await saveLastSeen(database.db, new Map([[bob, at(1)]]));
  await saveChosen(database.db, bob, 'away', null);
  await saveLastSeen(database.db, new Map([[ann, at(2)]]));
  const remembered = await rememberedOf(database.db, ids);
  expect(remembered).toEqual(
    new Map([
      [ann, { chosen: 'dnd', lastSeen: at(2) }],
      [bob, { chosen: 'away', lastSeen: at(1) }],
    ]),
  );
});

test('an earlier time never replaces a later one', async () => {
  await saveLastSeen(database.db, new Map([[ann, at(50)]]));
  await saveLastSeen(database.db, new Map([[ann, at(40)]]));
  expect((await rememberedOf(database.db, [ann])).get(ann)?.lastSeen).toEqual(at(50));
});

test('a deleted account does not keep the others from being written', async () => {
  await saveLastSeen(
    database.db,
    new Map([
      [newId(), at(1)],
      [cem, at(3)],
    ]),
  );
  expect((await rememberedOf(database.db, [cem])).get(cem)?.lastSeen).toEqual(at(3));
});

test('many parallel writers do not deadlock', async () => {
  const forwards = new Map(ids.map((id) => [id, at(55)]));
  const backwards = new Map([...ids].reverse().map((id) => [id, at(56)]));
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => saveLastSeen(database.db, n % 2 === 0 ? forwards : backwards)),
  );
  for (const { lastSeen } of (await rememberedOf(database.db, ids)).values()) expect(lastSeen).toEqual(at(56));
});

test('pages contain everyone once, whether or not they ever connected', async () => {
  const first = await peoplePage(database.db, { after: undefined, limit: 3 });
  const rest = await peoplePage(database.db, { after: first.at(-1)?.userId, limit: 10 });
  expect([...first, ...rest].map((row) => row.userId)).toEqual(ids);
});

test('counts people who were recently active, without those who are connected', async () => {
  await saveLastSeen(database.db, new Map(ids.map((id) => [id, at(57)])));
  expect(await countPeople(database.db, { seenAfter: at(56), except: [ann, bob] })).toEqual({ all: 5, recent: 3 });
  expect(await countPeople(database.db, { seenAfter: at(57), except: [] })).toEqual({ all: 5, recent: 0 });
});

test('the database refuses a status that cannot be chosen', async () => {
  await expect(saveChosen(database.db, ann, 'offline' as 'online', null)).rejects.toThrow(/check/);
});

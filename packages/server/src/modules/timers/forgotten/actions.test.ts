import { afterAll, beforeAll, expect, it } from 'vitest';
import { PASSWORD, type TestApp, testApp } from '../../../../test/app.ts';
import { LastActions } from './actions.ts';
import { lastActionOf } from './store.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

it('P8 stores the last action of a person until their account is deleted, and not the deletion', async () => {
  const { database } = app;
  const [ann, ben] = [await app.person('Ann'), await app.person('Ben')];
  const actions = new LastActions(database);
  const at = new Date('2026-11-29T10:00:00Z');
  for (const { userId } of [ann, ben]) actions.note(userId, 'tasks.create', at);
  await actions.save();
  expect(await lastActionOf(database.db, ben.userId)).toEqual(at);
  await ben.call('users.delete', { password: PASSWORD });
  for (const { userId } of [ann, ben]) actions.note(userId, 'users.delete', new Date('2026-11-29T11:00:00Z'));
  await actions.save();
  expect(await lastActionOf(database.db, ben.userId)).toBeUndefined();
  expect(await lastActionOf(database.db, ann.userId)).toEqual(new Date('2026-11-29T11:00:00Z'));
});

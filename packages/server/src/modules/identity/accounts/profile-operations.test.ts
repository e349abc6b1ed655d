import { randomUUID } from 'node:crypto';
import { type User, users } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderers, userAudience } from '../events.ts';
import { meOf, preferencesById, usersById } from '../people.ts';
import { type IdentityApp, identityApp } from '../test/identity-app.ts';

let app: IdentityApp;
const changed: User[] = [];
beforeAll(async () => {
  app = await identityApp({ 'account:profileChanged': (_work, { user }) => void changed.push(user) });
});
afterAll(() => app.close());

describe('users.updateMe', () => {
  it('changes the given fields, keeps the others, and emits events', async () => {
    const { actor, me } = await app.person({ username: 'first' });
    const input = {
      name: 'Ann Other',
      username: 'Second.Name',
      avatar: 'https://example.org/a.png',
      timezone: 'Europe/Vienna',
      locale: 'de-AT',
      preferences: { hideReceipts: true },
      version: 1,
    };
    const updated = await app.call(users.updateMe, input, { actor });
    expect(updated).toEqual({
      ...me,
      ...input,
      preferences: { ...me.preferences, hideReceipts: true },
      username: 'second.name',
      version: 2,
    });
    expect(await app.call(users.me, {}, { actor })).toEqual(updated);
    expect(await app.events(me.id)).toEqual([{ type: 'me:updated', body: { userId: me.id }, effect: null }]);
    const { id, name, username, avatar, isBot } = updated;
    expect(changed.splice(0)).toEqual([{ id, name, username, avatar, isBot }]);
    expect(await app.call(users.updateMe, { username: null, avatar: null }, { actor })).toMatchObject({
      username: null,
      avatar: null,
      name: 'Ann Other',
      preferences: { hideReceipts: true },
    });
    changed.length = 0;
  });

  it.each([{}, { name: 'Ann' }, { preferences: {} }, { preferences: { hideReceipts: false }, timezone: 'UTC' }])(
    'emits nothing when nothing changes: %j',
    async (input) => {
      const { actor, me } = await app.person();
      expect(await app.call(users.updateMe, input, { actor })).toEqual(me);
      expect(await app.events(me.id)).toEqual([]);
      expect(changed).toEqual([]);
    },
  );

  it('hides private fields from other users', async () => {
    const { actor } = await app.person();
    await app.call(users.updateMe, { timezone: 'Asia/Tokyo', preferences: { hideReceipts: true } }, { actor });
    expect(changed).toEqual([]);
  });

  it('refuses an outdated version and returns the current state', async () => {
    const { actor, me } = await app.person();
    const current = await app.call(users.updateMe, { name: 'Ann Two' }, { actor });
    await expect(app.call(users.updateMe, { name: 'Ann Three', version: me.version }, { actor })).rejects.toMatchObject(
      {
        code: 'version_conflict',
        details: { current },
      },
    );
    changed.length = 0;
  });

  it('accepts one of ten parallel changes of one version', async () => {
    const { actor } = await app.person();
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, at) => app.call(users.updateMe, { name: `Ann ${at}`, version: 1 }, { actor })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    changed.length = 0;
  });

  it('gives a username to one of two parallel requests', async () => {
    const people = [await app.person(), await app.person()];
    const results = await Promise.allSettled(
      people.map(({ actor }) => app.call(users.updateMe, { username: 'wanted' }, { actor })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ code: 'username_taken' });
    changed.length = 0;
  });

  it.each([
    { name: 'A' },
    { name: 'Ann\nOther' },
    { username: 'a' },
    { username: '-ann' },
    { avatar: 'javascript:alert(1)' },
    { avatar: 'ftp://example.org/a' },
    { timezone: 'Mars/Olympus' },
    { locale: 'german' },
    { preferences: { other: true } },
    { role: 'admin' },
    { email: 'new@example.org' },
    { version: 0 },
  ])('refuses %j', async (input) => {
    const { actor, me } = await app.person();
    await expect(app.call(users.updateMe, input as object, { actor })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await app.call(users.me, {}, { actor })).toEqual(me);
  });
});

describe('people', () => {
  it('are found by id, each with the fields that the caller may see', async () => {
    const [ann, bob] = [await app.person(), await app.person()];
    await app.call(users.updateMe, { preferences: { hideReceipts: true } }, { actor: bob.actor });
    const { db } = app.database;
    const ids = [ann.me.id, bob.me.id, randomUUID()];
    expect([...(await usersById(db, ids)).values()]).toHaveLength(2);
    expect((await usersById(db, ids)).get(ann.me.id)).toEqual({
      id: ann.me.id,
      name: 'Ann',
      username: null,
      avatar: null,
      isBot: false,
    });
    expect((await preferencesById(db, ids)).get(bob.me.id)).toMatchObject({ hideReceipts: true });
    expect((await preferencesById(db, ids)).get(ann.me.id)).toMatchObject({ hideReceipts: false });
    expect(await meOf(db, ann.me.id)).toEqual(ann.me);
    await expect(meOf(db, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
    expect((await usersById(db, [])).size).toBe(0);
  });
});

describe("a person's own stream", () => {
  it('can be read by that person only', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    expect((await userAudience.followedBy(one).execute(app.database.db)).rows).toEqual([{ id: one }]);
    expect(await userAudience.readableBy(app.database.db, one, [two, one])).toEqual([one]);
  });

  it('shows an account as it is now, and nothing of a deleted one', async () => {
    const { me, actor } = await app.person();
    const now = await app.call(users.updateMe, { timezone: 'Asia/Tokyo' }, { actor });
    const event = (userId: string, seq: number) =>
      ({
        stream: `user:${userId}`,
        type: 'me:updated',
        actorId: userId,
        body: { userId },
        seq,
        at: new Date(),
      }) as const;
    const events = [event(me.id, 1), event(randomUUID(), 1), event(me.id, 2)];
    expect(await renderers['me:updated']?.(app.database.db, events)).toEqual([now, null, now]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from '../../platform/database/index.ts';
import { newId } from '../../platform/new-id.ts';
import { newCode } from './codes.ts';
import {
  consumeCode,
  insertInvite,
  type NewJoinCode,
  purgeInvites,
  replaceSharedCode,
  sharedCodeOf,
  workspaceOfCode,
} from './join-code-store.ts';
import {
  countMembers,
  deleteMembership,
  holdMemberships,
  insertMembership,
  lockMembership,
  membershipsOf,
  updateRole,
  workspaceIdsOfEach,
} from './membership-store.ts';
import { workspaceStatesOf } from './state.ts';
import { deleteWorkspace, insertWorkspace, lockWorkspace, workspacesOf } from './store.ts';
import { memberPage, seenBy, workspacesSeenBy } from './visibility-store.ts';

const now = new Date('2025-01-01T12:00:00Z');
const soon = new Date('2025-01-02T12:00:00Z');
let database: Database;

beforeAll(async () => {
  database = await testDatabase({ poolSize: 30 });
});
afterAll(() => database.close());

async function account(): Promise<string> {
  const id = newId();
  await database.pool.query('insert into account (id, email, name) values ($1, $2, $3)', [
    id,
    `${id}@x.org`,
    'Someone',
  ]);
  return id;
}

async function workspace(...owners: string[]): Promise<string> {
  const id = newId();
  await database.transaction(async (tx) => {
    await insertWorkspace(tx, { id, name: 'Works', personalOf: null, now });
    for (const userId of owners) await insertMembership(tx, { workspaceId: id, userId, role: 'owner', joinedAt: now });
  });
  return id;
}

const codeFor = (workspaceId: string, createdBy: string, more: Partial<NewJoinCode> = {}): NewJoinCode => ({
  code: newCode(),
  workspaceId,
  role: 'member',
  expiresAt: null,
  maxUses: null,
  createdBy,
  now,
  ...more,
});

describe('codes', () => {
  test.each([1, 7, 20])('a code for %i uses is used exactly that often by 40 at once', async (maxUses) => {
    const owner = await account();
    const workspaceId = await workspace(owner);
    const code = codeFor(workspaceId, owner, { maxUses });
    await database.transaction((tx) => replaceSharedCode(tx, code));
    const roles = await Promise.all(
      Array.from({ length: 40 }, () => database.transaction((tx) => consumeCode(tx, code.code, now))),
    );
    expect(roles.filter((role) => role === 'member')).toHaveLength(maxUses);
    expect((await sharedCodeOf(database.db, workspaceId))?.uses).toBe(maxUses);
  });

  test('a code expires at its time, not before', async () => {
    const owner = await account();
    const code = codeFor(await workspace(owner), owner, { expiresAt: soon, role: 'guest' });
    await database.transaction((tx) => replaceSharedCode(tx, code));
    const use = (at: Date) => database.transaction((tx) => consumeCode(tx, code.code, at));
    expect(await use(new Date(soon.getTime() - 1))).toBe('guest');
    expect(await use(soon)).toBeUndefined();
  });

  test('a new shared code replaces the old one and leaves invitations unchanged', async () => {
    const owner = await account();
    const workspaceId = await workspace(owner);
    const [first, second] = [codeFor(workspaceId, owner), codeFor(workspaceId, owner, { maxUses: 3 })];
    const invite = codeFor(workspaceId, owner, { maxUses: 1, expiresAt: soon });
    await database.transaction(async (tx) => {
      await replaceSharedCode(tx, first);
      await insertInvite(tx, invite);
      await replaceSharedCode(tx, second);
    });
    expect(await workspaceOfCode(database.db, first.code)).toBeUndefined();
    expect(await workspaceOfCode(database.db, invite.code)).toBe(workspaceId);
    expect(await sharedCodeOf(database.db, workspaceId)).toEqual({
      code: second.code,
      workspaceId,
      role: 'member',
      expiresAt: null,
      maxUses: 3,
      uses: 0,
    });
  });

  test('used and expired invitations are deleted, open ones counted', async () => {
    const owner = await account();
    const workspaceId = await workspace(owner);
    const invites = [soon, soon, now].map((expiresAt) => codeFor(workspaceId, owner, { maxUses: 1, expiresAt }));
    await database.transaction(async (tx) => {
      for (const invite of invites) await insertInvite(tx, invite);
      await consumeCode(tx, invites[0]?.code ?? '', now);
    });
    expect(await database.transaction((tx) => purgeInvites(tx, workspaceId, now))).toBe(1);
    const left = await Promise.all(invites.map((invite) => workspaceOfCode(database.db, invite.code)));
    expect(left).toEqual([undefined, workspaceId, undefined]);
  });

  test.each<[string, Partial<NewJoinCode>]>([
    ['works more than once', { maxUses: 2, expiresAt: soon }],
    ['never ends', { maxUses: 1, expiresAt: null }],
    ['makes an owner', { maxUses: 1, expiresAt: soon, role: 'owner' as 'member' }],
    ['looks like no code', { maxUses: 1, expiresAt: soon, code: 'I-LOVE-ATRIUM' }],
  ])('the database refuses an invitation that %s', async (_what, more) => {
    const owner = await account();
    const code = codeFor(await workspace(owner), owner, more);
    await expect(database.transaction((tx) => insertInvite(tx, code))).rejects.toThrow(/check/);
  });
});

describe('memberships', () => {
  test('nobody has two memberships of a workspace, or two personal workspaces', async () => {
    const ann = await account();
    const id = await workspace(ann);
    const again = { workspaceId: id, userId: ann, role: 'member', joinedAt: now } as const;
    await expect(database.transaction((tx) => insertMembership(tx, again))).rejects.toThrow(/unique/);
    const personal = () =>
      database.transaction((tx) => insertWorkspace(tx, { id: newId(), name: 'Mine', personalOf: ann, now }));
    await personal();
    await expect(personal()).rejects.toThrow(/unique/);
  });

  test('changes, counts and pages', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, account));
    const id = await workspace(...people);
    const [first = '', second = ''] = people;
    await database.transaction(async (tx) => {
      await updateRole(tx, id, first, 'guest');
      await deleteMembership(tx, id, second);
    });
    expect(await countMembers(database.db, id)).toEqual({ members: 4, owners: 3 });
    const view = { workspaceId: id, viewerId: people[2] ?? '' };
    const page = await memberPage(database.db, view, { after: undefined, limit: 3 });
    const rest = await memberPage(database.db, view, { after: page.at(-1)?.userId, limit: 3 });
    const listed = [...page, ...rest].map((row) => row.userId);
    expect(listed).toEqual(people.filter((userId) => userId !== second).sort());
    expect((await membershipsOf(database.db, id, [first, second])).map((row) => row.role)).toEqual(['guest']);
  });

  test('a user sees people who share a workspace, themselves, and nobody else', async () => {
    const [me, mate, stranger] = [await account(), await account(), await account()];
    const shared = await workspace(me, mate);
    const other = await workspace(stranger, mate);
    expect(await seenBy(database.db, me, [stranger, mate, me, newId()])).toEqual([mate, me]);
    expect(await seenBy(database.db, stranger, [stranger, me, mate])).toEqual([stranger, mate]);
    expect(await workspacesSeenBy(database.db, me)).toEqual({ working: [shared], visiting: [] });
    const each = await workspaceIdsOfEach(database.db, [me, mate, newId()]);
    expect(each).toEqual(
      new Map([
        [me, [shared]],
        [mate, [shared, other].sort()],
      ]),
    );
  });

  test('a held membership cannot be removed', async () => {
    const [ann, bob] = [await account(), await account()];
    const id = await workspace(ann, bob);
    const order: string[] = [];
    let removal: Promise<void> | undefined;
    await database.transaction(async (tx) => {
      expect(await holdMemberships(tx, id, [ann, bob])).toHaveLength(2);
      removal = database.transaction(async (other) => {
        await lockWorkspace(other, id);
        await lockMembership(other, id, bob);
        order.push('removed');
        await deleteMembership(other, id, bob);
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push('added');
    });
    await removal;
    expect(order).toEqual(['added', 'removed']);
  });

  test('a held workspace cannot be deleted', async () => {
    const ann = await account();
    const id = await workspace(ann);
    const order: string[] = [];
    let deletion: Promise<void> | undefined;
    await database.transaction(async (tx) => {
      await holdMemberships(tx, id, [ann]);
      deletion = database.transaction(async (other) => {
        await lockWorkspace(other, id, 'deletion');
        order.push('deleted');
        await deleteWorkspace(other, id);
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push('added');
    });
    await deletion;
    expect(order).toEqual(['added', 'deleted']);
    expect(await workspacesOf(database.db, ann)).toEqual([]);
  });
});

test('the live state of many workspaces takes as many queries as that of one', async () => {
  const [ann, bob] = [await account(), await account()];
  const count = async () => {
    let queries = 0;
    const db = database.db.withPlugin({
      transformQuery: ({ node }) => {
        queries += 1;
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    });
    const states = await workspaceStatesOf(db, ann);
    return { queries, states };
  };
  await workspace(ann);
  const one = await count();
  for (let n = 0; n < 9; n += 1) await workspace(ann, bob);
  const ten = await count();
  expect(one.states).toHaveLength(1);
  expect(ten.states).toHaveLength(10);
  expect(ten.queries).toBe(one.queries);
  expect(ten.states.at(-1)).toMatchObject({
    role: 'owner',
    personal: false,
    members: [{ role: 'owner' }, { role: 'owner' }],
  });
});

import type { WorkspaceRole } from '@atrium/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';

let app: TestApp;
const people = {} as Record<WorkspaceRole | 'second' | 'stranger', Person>;
let workspaceId: string;

beforeAll(async () => {
  app = await testApp();
  for (const name of ['owner', 'second', 'admin', 'member', 'guest', 'customer', 'stranger'] as const) {
    people[name] = await app.person(name);
  }
});
afterAll(() => app.close());

/** Creates a workspace with one person for each role, named after it. */
async function makeWorks(): Promise<void> {
  workspaceId = (await people.owner.call('workspaces.create', { name: 'Works' })).id;
  for (const role of ['admin', 'member', 'guest', 'customer'] as const) {
    const { code } = await people.owner.call('workspaces.rotateJoinCode', { workspaceId, role });
    await people[role].call('workspaces.join', { code });
  }
}

const change = (actor: Person, target: Person, role: WorkspaceRole) =>
  actor.call('members.update', { workspaceId, userId: target.userId, role });
const remove = (actor: Person, target: Person) => actor.call('members.remove', { workspaceId, userId: target.userId });
const leave = (person: Person) => person.call('workspaces.leave', { workspaceId });
const events = () => app.events(`workspace:${workspaceId}`);
const owners = async () => {
  const { rows } = await app.database.pool.query<{ n: number }>(
    "select count(*)::int as n from membership where workspace_id = $1 and role = 'owner'",
    [workspaceId],
  );
  return rows[0]?.n;
};

describe('reading members', () => {
  beforeAll(makeWorks);

  test('staff see the members of a workspace, page by page, and nobody else does', async () => {
    for (const role of ['owner', 'admin', 'member'] as const) {
      const first = await people[role].call('members.list', { workspaceId, limit: 3 });
      const rest = await people[role].call('members.list', { workspaceId, limit: 3, cursor: first.nextCursor ?? '' });
      const roles = [...first.items, ...rest.items].map((item) => [item.user.name, item.role]);
      expect(Object.fromEntries(roles)).toEqual({
        owner: 'owner',
        admin: 'admin',
        member: 'member',
        guest: 'guest',
        customer: 'customer',
      });
      expect(rest.nextCursor).toBeNull();
    }
    for (const role of ['guest', 'customer'] as const) {
      const { items } = await people[role].call('members.list', { workspaceId });
      expect(items.map((item) => item.user.name)).toEqual([role]);
    }
    const asked = people.stranger.call('members.list', { workspaceId });
    await expect(asked).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each<[keyof typeof people, keyof typeof people, WorkspaceRole, string]>([
    ['admin', 'owner', 'member', 'forbidden'],
    ['admin', 'member', 'owner', 'forbidden'],
    ['admin', 'admin', 'owner', 'forbidden'],
    ['member', 'guest', 'customer', 'forbidden'],
    ['customer', 'customer', 'admin', 'forbidden'],
    ['stranger', 'member', 'guest', 'not_found'],
    ['owner', 'stranger', 'member', 'not_found'],
    ['owner', 'owner', 'admin', 'last_owner'],
  ])('%s cannot make %s %s', async (actor, target, role, code) => {
    const before = await events();
    await expect(change(people[actor], people[target], role)).rejects.toMatchObject({ code });
    expect(await events()).toEqual(before);
  });

  test.each<[keyof typeof people, keyof typeof people, string]>([
    ['admin', 'owner', 'forbidden'],
    ['member', 'guest', 'forbidden'],
    ['guest', 'member', 'forbidden'],
    ['stranger', 'member', 'not_found'],
    ['owner', 'stranger', 'not_found'],
    ['owner', 'owner', 'last_owner'],
  ])('%s cannot remove %s', async (actor, target, code) => {
    const before = await events();
    await expect(remove(people[actor], people[target])).rejects.toMatchObject({ code });
    expect(await events()).toEqual(before);
  });

  test('the last owner cannot leave', async () => {
    await expect(leave(people.owner)).rejects.toMatchObject({ code: 'last_owner' });
  });
});

describe('roles', () => {
  beforeEach(makeWorks);

  test('a change emits one event, and none if nothing changes', async () => {
    const before = (await events()).length;
    const changed = await change(people.owner, people.guest, 'admin');
    expect(changed).toMatchObject({ role: 'admin', user: { id: people.guest.userId } });
    await change(people.owner, people.guest, 'admin');
    const told = (await events()).slice(before);
    expect(told).toMatchObject([
      { type: 'member:updated', body: { workspaceId, userId: people.guest.userId, role: 'admin' } },
    ]);
  });

  test('an owner may step down if there is another one', async () => {
    await change(people.owner, people.admin, 'owner');
    await change(people.owner, people.owner, 'member');
    expect(await owners()).toBe(1);
    await expect(change(people.admin, people.admin, 'guest')).rejects.toMatchObject({ code: 'last_owner' });
  });

  test('a personal workspace can have other owners, but its person stays one', async () => {
    const { items } = await people.owner.call('workspaces.list', {});
    const personal = items.find((item) => item.personal)?.id ?? '';
    const { code } = await people.owner.call('workspaces.joinCode', { workspaceId: personal });
    await people.second.call('workspaces.join', { code }).catch(() => undefined);
    const { userId } = people.owner;
    await people.owner.call('members.update', { workspaceId: personal, userId: people.second.userId, role: 'owner' });
    const demotion = people.second.call('members.update', { workspaceId: personal, userId, role: 'member' });
    await expect(demotion).rejects.toMatchObject({ code: 'forbidden' });
    const removal = people.second.call('members.remove', { workspaceId: personal, userId });
    await expect(removal).rejects.toMatchObject({ code: 'forbidden' });
    await people.second.call('workspaces.leave', { workspaceId: personal });
  });
});

describe('leaving', () => {
  beforeEach(makeWorks);

  test.each<[string, () => Promise<unknown>]>([
    ['removal', () => remove(people.admin, people.member)],
    ['leaving', () => leave(people.member)],
  ])('%s tells the workspace and the person, and ends the sight of it', async (_what, go) => {
    await go();
    const { userId } = people.member;
    expect((await events()).at(-1)).toMatchObject({
      type: 'member:left',
      body: { workspaceId, userId },
      effect: { leave: [userId] },
    });
    expect((await app.events(`user:${userId}`)).at(-1)).toMatchObject({
      type: 'workspace:left',
      body: { workspaceId },
      effect: { unfollow: [`workspace:${workspaceId}`] },
    });
    const asked = people.member.call('workspaces.get', { workspaceId });
    await expect(asked).rejects.toMatchObject({ code: 'not_found' });
  });

  test('former members can come back', async () => {
    await leave(people.member);
    const { code } = await people.owner.call('workspaces.joinCode', { workspaceId });
    expect(await people.member.call('workspaces.join', { code })).toMatchObject({ id: workspaceId });
  });
});

test('when all owners leave or step down at once, in every way, one stays', async () => {
  await makeWorks();
  for (let round = 0; round < 6; round += 1) {
    await change(people.owner, people.admin, 'owner');
    await change(people.owner, people.member, 'owner');
    const settled = await Promise.allSettled([
      leave(people.admin),
      change(people.member, people.member, 'guest'),
      remove(people.owner, people.admin),
      change(people.admin, people.member, 'customer'),
      leave(people.member),
    ]);
    const last = await Promise.allSettled([leave(people.owner), change(people.owner, people.owner, 'admin')]);
    for (const result of [...settled, ...last]) {
      if (result.status === 'fulfilled') continue;
      expect(['last_owner', 'not_found', 'forbidden']).toContain(result.reason.code);
    }
    expect(await owners()).toBe(1);
    const { code } = await people.owner.call('workspaces.joinCode', { workspaceId });
    for (const person of [people.admin, people.member]) {
      await person.call('workspaces.join', { code }).catch(() => undefined);
    }
  }
});

test('two owners who demote each other at the same time leave one owner', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id } = await people.owner.call('workspaces.create', { name: 'Duel' });
    workspaceId = id;
    const { code } = await people.owner.call('workspaces.joinCode', { workspaceId: id });
    await people.second.call('workspaces.join', { code });
    await change(people.owner, people.second, 'owner');
    const settled = await Promise.allSettled([
      change(people.owner, people.second, 'member'),
      change(people.second, people.owner, 'member'),
    ]);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await owners()).toBe(1);
  }
});

describe('the shared code and invitations of a member', () => {
  beforeEach(makeWorks);

  /** A code and an invitation for admins, as an admin has them. */
  async function grants(): Promise<{ code: string; invited: string }> {
    const { code } = await people.admin.call('workspaces.rotateJoinCode', { workspaceId, role: 'admin' });
    const address = `${crypto.randomUUID()}@example.org`;
    await people.admin.call('workspaces.invite', { workspaceId, email: address, role: 'admin' });
    const { rows } = await app.database.pool.query<{ text: string }>('select text from mail where to_address = $1', [
      address,
    ]);
    const [invited = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(rows[0]?.text ?? '') ?? [];
    return { code, invited };
  }
  const join = (code: string, person: Person) => person.call('workspaces.join', { code });

  test.each([
    ['demoted', () => change(people.owner, people.admin, 'member')],
    ['removed', () => remove(people.owner, people.admin)],
    ['gone', () => leave(people.admin)],
  ])('ends when they are %s', async (_how, end) => {
    const { code, invited } = await grants();
    const before = await people.owner.call('workspaces.joinCode', { workspaceId });
    await end();
    for (const each of [code, invited]) {
      expect(each).toMatch(/^[0-9A-Z-]{14}$/);
      await expect(join(each, people.stranger)).rejects.toMatchObject({ code: 'code_wrong' });
    }
    const after = await people.owner.call('workspaces.joinCode', { workspaceId });
    expect(after).toEqual({ ...before, code: after.code });
    expect(after.code).not.toBe(code);
  });

  test('do not let a removed member come back by the shared code', async () => {
    const { code } = await people.owner.call('workspaces.rotateJoinCode', { workspaceId });
    await remove(people.owner, people.member);
    await expect(join(code, people.member)).rejects.toMatchObject({ code: 'code_wrong' });
  });

  test('stay valid while the member may grant them', async () => {
    const { invited } = await grants();
    await leave(people.guest);
    await join(invited, people.stranger);
  });
});

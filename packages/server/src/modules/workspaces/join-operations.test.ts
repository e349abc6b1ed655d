import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';
import { newId } from '../../platform/new-id.ts';

let app: TestApp;
let ann: Person;
let bob: Person;
let crowd: Pick<Person, 'call'>[];
let workspaceId: string;

beforeAll(async () => {
  app = await testApp();
  [ann, bob] = [await app.person('ann'), await app.person('bob')];
  crowd = await Promise.all(Array.from({ length: 20 }, someone));
});
afterAll(() => app.close());
beforeEach(async () => {
  workspaceId = (await ann.call('workspaces.create', { name: 'Works' })).id;
});

/** A person without a password, which is faster to create. */
async function someone(): Promise<Pick<Person, 'call'>> {
  const userId = newId();
  await app.database.pool.query('insert into account (id, email, name) values ($1, $2, $3)', [
    userId,
    `${userId}@example.org`,
    'Someone',
  ]);
  return { call: app.as({ ...bob.actor, userId }) };
}

const codeOf = async () => await ann.call('workspaces.joinCode', { workspaceId });
const rotate = async (more: object = {}) => await ann.call('workspaces.rotateJoinCode', { workspaceId, ...more });
const join = (person: Pick<Person, 'call'>, code: string) => person.call('workspaces.join', { code });

/** The code in the newest mail to an address. */
async function mailedCode(address: string): Promise<string> {
  // In the text only: an id in the HTML may look like a code.
  const { rows } = await app.database.pool.query<{ mail: string }>(
    'select text as mail from mail where to_address = $1 order by id desc limit 1',
    [address],
  );
  return /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(rows[0]?.mail ?? '')?.[0] ?? '';
}

describe('the join code', () => {
  test('exists from the start, admits members, and counts', async () => {
    const code = await codeOf();
    expect(code).toEqual({ code: code.code, role: 'member', expiresAt: null, maxUses: null, uses: 0 });
    expect(code.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const joined = await join(bob, ` ${code.code.toLowerCase().replaceAll('-', ' ')} `);
    expect(joined).toMatchObject({
      id: workspaceId,
      role: 'member',
      can: { invite: false, createConversations: true },
    });
    expect((await codeOf()).uses).toBe(1);
    const events = await app.events(`workspace:${workspaceId}`);
    expect(events.at(-1)).toMatchObject({
      type: 'member:joined',
      body: { role: 'member', user: { id: bob.userId } },
      effect: { join: [bob.userId] },
    });
  });

  test('is replaced by a new one', async () => {
    const old = await codeOf();
    const next = await rotate({ role: 'guest', maxUses: 5 });
    expect(next).toMatchObject({ role: 'guest', maxUses: 5, uses: 0 });
    expect(await codeOf()).toEqual(next);
    await expect(join(bob, old.code)).rejects.toMatchObject({ code: 'code_wrong' });
    expect(await join(bob, next.code)).toMatchObject({ role: 'guest' });
  });

  test('with seven uses is used exactly seven times by twenty at once', async () => {
    const { code } = await rotate({ maxUses: 7 });
    const settled = await Promise.allSettled(crowd.map((person) => join(person, code)));
    const refused = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(refused).toEqual(Array(13).fill('code_wrong'));
    expect((await codeOf()).uses).toBe(7);
    const { items } = await ann.call('members.list', { workspaceId });
    expect(items).toHaveLength(8);
  });

  test('is used once by twenty parallel calls of one person', async () => {
    const { code } = await rotate({ maxUses: 20 });
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => join(bob, code)));
    const refused = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(refused).toEqual(Array(19).fill('already_member'));
    expect((await codeOf()).uses).toBe(1);
  });

  test('is used once by a repeated command, which gets the same answer', async () => {
    const { code } = await rotate({ maxUses: 1 });
    const input = { code };
    const first = await bob.call('workspaces.join', input, { key: `join-${workspaceId}` });
    expect(await bob.call('workspaces.join', input, { key: `join-${workspaceId}` })).toEqual(first);
    expect((await codeOf()).uses).toBe(1);
  });

  test('expires', async () => {
    const { code } = await rotate({ expiresAt: new Date(Date.now() + 86_400_000).toISOString() });
    await app.database.pool.query(
      "update join_code set expires_at = now() - interval '1 second' where workspace_id = $1",
      [workspaceId],
    );
    await expect(join(bob, code)).rejects.toMatchObject({ code: 'code_wrong' });
  });

  test.each([
    ['ends in the past', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['makes owners', { role: 'owner' }],
    ['works never', { maxUses: 0 }],
    ['has something unknown', { kind: 'invite' }],
  ])('one that %s is refused', async (_what, more) => {
    await expect(rotate(more)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test.each(['ABCD-EFGH-JKMN', 'nonsense', '0', "' or 1=1 --"])('is not found for %j', async (code) => {
    await expect(join(bob, code)).rejects.toMatchObject({ code: 'code_wrong' });
  });
});

describe('an invitation by mail', () => {
  test('contains a code that works once, for anyone who has it, with its role', async () => {
    await ann.call('workspaces.invite', { workspaceId, email: 'new@example.org', role: 'customer' });
    const code = await mailedCode('new@example.org');
    expect(await join(bob, code)).toMatchObject({ id: workspaceId, role: 'customer' });
    const other = await someone();
    await expect(join(other, code)).rejects.toMatchObject({ code: 'code_wrong' });
    expect(await codeOf()).toMatchObject({ uses: 0 });
  });

  test('is refused when the workspace has 1,000 open ones', async () => {
    await app.database.pool.query(
      `insert into join_code (code, workspace_id, kind, role, expires_at, max_uses, created_at)
       select lpad(n::text, 12, '0'), $1, 'invite', 'member', now() + interval '1 day', 1, now()
       from generate_series(1, 1000) n`,
      [workspaceId],
    );
    const invite = () => ann.call('workspaces.invite', { workspaceId, email: 'one@example.org' });
    await expect(invite()).rejects.toMatchObject({ code: 'conflict' });
    await app.database.pool.query('update join_code set uses = 1 where workspace_id = $1 and code like $2', [
      workspaceId,
      '%1',
    ]);
    await invite();
  });
});

test('is not used up by joining a full workspace', async () => {
  await app.database.pool.query(
    `with made as (
       insert into account (id, email, name)
       select gen_random_uuid(), 'filler' || n || '@example.org', 'Filler' from generate_series(1, 9999) n returning id
     )
     insert into membership (workspace_id, account_id, role, joined_at) select $1, id, 'member', now() from made`,
    [workspaceId],
  );
  await expect(join(bob, (await codeOf()).code)).rejects.toMatchObject({ code: 'conflict' });
  expect((await codeOf()).uses).toBe(0);
});

import type { OutputOf, Workspace, workspaces } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';
import { pruneOnce } from '../../platform/stream/pruning.ts';

let app: TestApp;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  app = await testApp();
  [ann, bob] = [await app.person('ann'), await app.person('bob')];
});
afterAll(() => app.close());

const open = async (owner: Person, name = 'Works') => await owner.call('workspaces.create', { name });
const types = async (stream: `${'user' | 'workspace'}:${string}`) =>
  (await app.events(stream)).map((event) => event.type);

async function invite(owner: Person, workspaceId: string, guest: Person): Promise<void> {
  const { code } = await owner.call('workspaces.joinCode', { workspaceId });
  await guest.call('workspaces.join', { code });
}

describe('opening', () => {
  test('everyone has a personal workspace with their name from the start', async () => {
    const { items } = await bob.call('workspaces.list', {});
    expect(items).toMatchObject([{ name: 'bob', personal: true, role: 'owner', can: { delete: false, invite: true } }]);
  });

  test('the creator owns it, and is told before its stream begins', async () => {
    const workspace = await open(ann, '  Night shift ');
    expect(workspace).toMatchObject({ name: 'Night shift', personal: false, role: 'owner', version: 1 });
    const stream = `workspace:${workspace.id}` as const;
    const [joined] = await app.events(stream);
    expect(joined).toMatchObject({ type: 'member:joined', effect: { join: [ann.userId] } });
    expect(joined?.body).toMatchObject({ workspaceId: workspace.id, role: 'owner', user: { id: ann.userId } });
    const mine = (await app.events(`user:${ann.userId}`)).find(
      (event) => event.type === 'workspace:joined' && event.body.workspaceId === workspace.id,
    );
    expect(mine).toMatchObject({ body: { userId: ann.userId }, effect: { follow: [stream] } });
  });

  test.each([[''], [' '], ['x'.repeat(101)], ['a\nb'], ['a\0b'], ['a\u2028b'], ['\ud800']])(
    'refuses the name %j',
    async (name) => {
      await expect(open(ann, name)).rejects.toMatchObject({ code: 'invalid_input' });
    },
  );

  test('one person is in at most 50 workspaces', async () => {
    const zoe = await app.person('zoe');
    for (let n = 1; n < 50; n += 1) await open(zoe, `Number ${n}`);
    await expect(open(zoe)).rejects.toMatchObject({ code: 'conflict' });
    const pages: number[] = [];
    const seen = new Set<string>();
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: OutputOf<typeof workspaces.list> = await zoe.call('workspaces.list', { limit: 20, cursor });
      pages.push(page.items.length);
      for (const { id } of page.items) seen.add(id);
      cursor = page.nextCursor;
    }
    expect([pages, seen.size]).toEqual([[20, 20, 10], 50]);
  });
});

describe('renaming', () => {
  test('tells everyone, and only if something changes', async () => {
    const { id } = await open(ann);
    const renamed = await ann.call('workspaces.update', { workspaceId: id, name: 'Mill', version: 1 });
    expect(renamed).toMatchObject({ name: 'Mill', version: 2, role: 'owner' });
    await ann.call('workspaces.update', { workspaceId: id, name: 'Mill' });
    await ann.call('workspaces.update', { workspaceId: id });
    expect(await types(`workspace:${id}`)).toEqual(['member:joined', 'workspace:updated']);
  });

  test('an outdated version is refused with the current state', async () => {
    const { id } = await open(ann);
    await ann.call('workspaces.update', { workspaceId: id, name: 'First' });
    const late = ann.call('workspaces.update', { workspaceId: id, name: 'Second', version: 1 });
    await expect(late).rejects.toMatchObject({ code: 'version_conflict' });
    const current = await late.catch((error: { details: { current: Workspace } }) => error.details.current);
    expect(current).toMatchObject({ name: 'First', version: 2 });
  });

  test('of ten changes of one version, one succeeds', async () => {
    const { id } = await open(ann);
    const tries = Array.from({ length: 10 }, (_, n) =>
      ann.call('workspaces.update', { workspaceId: id, name: `Name ${n}`, version: 1 }),
    );
    const settled = await Promise.allSettled(tries);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await types(`workspace:${id}`)).toEqual(['member:joined', 'workspace:updated']);
  });
});

describe('deleting', () => {
  test('deletes everything in it and tells all members to stop following', async () => {
    const { id } = await open(ann);
    await invite(ann, id, bob);
    await ann.call('workspaces.delete', { workspaceId: id });
    for (const person of [ann, bob]) {
      const last = (await app.events(`user:${person.userId}`)).at(-1);
      expect(last).toMatchObject({
        type: 'workspace:left',
        body: { workspaceId: id },
        effect: { unfollow: [`workspace:${id}`, expect.stringMatching(/^conversation:/)] },
      });
      await expect(person.call('workspaces.get', { workspaceId: id })).rejects.toMatchObject({ code: 'not_found' });
    }
    for (const table of ['workspace where id', 'membership where workspace_id', 'join_code where workspace_id']) {
      const { rows } = await app.database.pool.query(`select from ${table} = $1`, [id]);
      expect(rows).toEqual([]);
    }
    await pruneOnce(app.database, new Date());
    expect(await app.events(`workspace:${id}`)).toEqual([]);
  });

  test('is refused for a personal workspace', async () => {
    const { items } = await bob.call('workspaces.list', {});
    const workspaceId = items.find((item) => item.personal)?.id ?? '';
    await expect(bob.call('workspaces.delete', { workspaceId })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(bob.call('workspaces.leave', { workspaceId })).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('and joining at the same time either succeeds or is refused, and leaves no inconsistent rows', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await open(ann);
      const { code } = await ann.call('workspaces.joinCode', { workspaceId: id });
      const [joined] = await Promise.allSettled([
        bob.call('workspaces.join', { code }),
        ann.call('workspaces.delete', { workspaceId: id }),
      ]);
      if (joined.status === 'rejected') expect(joined.reason).toMatchObject({ code: 'code_wrong' });
      await expect(bob.call('workspaces.get', { workspaceId: id })).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

test('a new name of a person reaches all their workspaces', async () => {
  const { id } = await open(ann);
  await invite(ann, id, bob);
  await bob.call('users.updateMe', { name: 'Robert' });
  const { events } = await ann.call('streams.sync', { stream: `workspace:${id}`, after: 0 });
  const robert = { id: bob.userId, name: 'Robert', workspaceId: id };
  expect(events.at(-1)).toMatchObject({ type: 'user:updated', data: robert });
});

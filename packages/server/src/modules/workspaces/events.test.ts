import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';

let app: TestApp;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  app = await testApp();
  [ann, bob] = [await app.person('ann'), await app.person('bob')];
});
afterAll(() => app.close());

async function shared(): Promise<string> {
  const { id } = await ann.call('workspaces.create', { name: 'Works' });
  const { code } = await ann.call('workspaces.joinCode', { workspaceId: id });
  await bob.call('workspaces.join', { code });
  return id;
}

/** The events for a client that was away since its last known position. */
const since = async (person: Person, stream: `user:${string}` | `workspace:${string}`, after: number) =>
  (await person.call('streams.sync', { stream, after })).events;

test('a new member gets the whole workspace as they see it, and the head of its stream', async () => {
  const workspaceId = await shared();
  const joined = (await since(bob, `user:${bob.userId}`, 0))
    .filter((event) => event.type === 'workspace:joined')
    .at(-1);
  const snapshot = await bob.call('streams.snapshot', {});
  const stream = `workspace:${workspaceId}`;
  expect(joined?.data).toEqual({
    workspace: snapshot.workspaces.find((workspace) => workspace.id === workspaceId),
    asOf: snapshot.asOf[stream],
  });
  expect(joined?.data).toMatchObject({
    workspace: { role: 'member', members: [{ role: 'owner' }, { role: 'member' }] },
  });
});

test('an old name is never returned from the log', async () => {
  const workspaceId = await shared();
  await ann.call('workspaces.update', { workspaceId, name: 'A name that was wrong' });
  await ann.call('workspaces.update', { workspaceId, name: 'Mill' });
  const events = await since(bob, `workspace:${workspaceId}`, 0);
  expect(JSON.stringify(events)).not.toContain('wrong');
  const updates = events.filter((event) => event.type === 'workspace:updated');
  expect(updates.map((event) => event.data)).toMatchObject([
    { name: 'Mill', version: 3 },
    { name: 'Mill', version: 3 },
  ]);
});

test('nothing is told about a workspace that was left or deleted', async () => {
  const [left, deleted] = [await shared(), await shared()];
  await bob.call('workspaces.leave', { workspaceId: left });
  await ann.call('workspaces.delete', { workspaceId: deleted });
  const events = await since(bob, `user:${bob.userId}`, 0);
  const joined = events.flatMap(({ type, data }) => (type === 'workspace:joined' ? [data.workspace] : []));
  expect(joined).not.toContainEqual(expect.objectContaining({ id: left }));
  expect(joined).not.toContainEqual(expect.objectContaining({ id: deleted }));
  const leaving = events.flatMap(({ type, data }) => (type === 'workspace:left' ? [data.workspaceId] : []));
  expect(leaving.slice(-2)).toEqual([left, deleted]);
  for (const stream of [`workspace:${left}`, `workspace:${deleted}`] as const) {
    expect((await bob.call('streams.sync', { stream, after: 0 })).reset).toEqual([stream]);
  }
});

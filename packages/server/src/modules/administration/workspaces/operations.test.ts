import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../../test/app.ts';

let app: TestApp;
let root: Person;
let ann: Person;
let workspaceId: string;

beforeAll(async () => {
  app = await testApp();
  root = await app.person('Root');
  ann = await app.person('Ann');
  workspaceId = (await ann.call('workspaces.create', { name: 'Garden House' })).id;
});
afterAll(() => app?.close());

const list = async (input: { q?: string; personal?: boolean } = {}) =>
  (await root.call('adminWorkspaces.list', input)).items;

test('administrators find workspaces that they are not in, with size and last activity', async () => {
  const ben = await app.person('Ben');
  const { code } = await ann.call('workspaces.rotateJoinCode', { workspaceId, role: 'member' });
  await ben.call('workspaces.join', { code });
  const before = (await list({ q: 'gARDEN' }))[0];
  expect(before).toMatchObject({
    ...{ id: workspaceId, name: 'Garden House', personal: false, members: 2, files: 0, storageBytes: 0 },
    owners: [{ id: ann.userId, name: 'Ann' }],
    can: { delete: true },
  });
  const task = await ben.call('tasks.create', { workspaceId, title: 'Mow' });
  const files = [{ name: 'notes.txt', type: 'text/plain', content: 'Rain' }];
  const [file] = (await ben.call('attachments.upload', { workspaceId }, { files })).attachments;
  expect(await list({ q: 'garden' })).toMatchObject([
    { files: 1, storageBytes: file?.size, lastActivityAt: task.updatedAt },
  ]);
  const [channel] = (await ben.call('conversations.list', { workspaceId })).items;
  const { message } = await ben.call('messages.send', {
    ...{ conversationId: String(channel?.id), content: 'Hello', clientMessageId: crypto.randomUUID() },
  });
  expect((await list({ q: 'garden' }))[0]?.lastActivityAt).toBe(message.createdAt);
  expect(await list({ q: '%' })).toEqual([]);
});

test('the details of a workspace have its members by role, quota and message counts, and no content', async () => {
  const { id } = await ann.call('workspaces.create', { name: 'Orchard' });
  const cleo = await app.person('Cleo');
  const { code } = await ann.call('workspaces.rotateJoinCode', { workspaceId: id, role: 'guest' });
  await cleo.call('workspaces.join', { code });
  const channel = await ann.call('conversations.create', { workspaceId: id, kind: 'channel', name: 'plums' });
  for (const content of ['Secret plums', 'More of them']) {
    const sent = { conversationId: channel.id, content, clientMessageId: crypto.randomUUID() };
    await ann.call('messages.send', sent);
  }
  const { countAll } = await import('../../analytics/messages/job.ts');
  await countAll({ database: app.database })({}, { signal: new AbortController().signal } as never);
  const page = await root.call('adminWorkspaces.get', { workspaceId: id });
  const [listed] = await list({ q: 'orchard' });
  expect(page).toEqual({
    ...listed,
    quotaBytes: 10_000_000_000,
    roles: { owner: 1, admin: 0, member: 0, guest: 1, customer: 0 },
    messages: 2,
  });
  expect(JSON.stringify(page)).not.toMatch(/plums/i);
  const first = await root.call('adminWorkspaces.members', { workspaceId: id, limit: 1 });
  const rest = await root.call('adminWorkspaces.members', { workspaceId: id, cursor: String(first.nextCursor) });
  expect([...first.items, ...rest.items].map(({ user, role }) => [user.name, role])).toEqual([
    ['Ann', 'owner'],
    ['Cleo', 'guest'],
  ]);
  expect(rest.nextCursor).toBeNull();
  const gone = { workspaceId: crypto.randomUUID() };
  await expect(root.call('adminWorkspaces.get', gone)).rejects.toMatchObject({ code: 'not_found' });
  await expect(root.call('adminWorkspaces.members', gone)).rejects.toMatchObject({ code: 'not_found' });
});

test('personal workspaces are listed on request, page by page, and cannot be deleted', async () => {
  expect((await list()).every(({ personal }) => !personal)).toBe(true);
  const first = await root.call('adminWorkspaces.list', { personal: true, limit: 1 });
  const rest = await root.call('adminWorkspaces.list', { personal: true, cursor: String(first.nextCursor) });
  const all = [...first.items, ...rest.items];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const personal = all.find((each) => each.personal);
  expect(personal?.can).toEqual({ delete: false });
  await expect(root.call('adminWorkspaces.delete', { workspaceId: String(personal?.id) })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('a workspace is deleted with everything in it, its members are notified, and it is audited', async () => {
  const { id } = await ann.call('workspaces.create', { name: 'Abandoned' });
  await ann.call('tasks.create', { workspaceId: id, title: 'Forgotten' });
  await root.call('adminWorkspaces.delete', { workspaceId: id });
  await expect(ann.call('workspaces.get', { workspaceId: id })).rejects.toMatchObject({ code: 'not_found' });
  expect((await app.events(`user:${ann.userId}`)).at(-1)).toMatchObject({
    type: 'workspace:left',
    body: { workspaceId: id },
  });
  await expect(root.call('adminWorkspaces.delete', { workspaceId: id })).rejects.toMatchObject({ code: 'not_found' });
  const [entry] = (await root.call('audit.list', { kind: 'workspace_deleted' })).items;
  expect(entry).toMatchObject({ actor: { id: root.userId }, targetId: id, details: { name: 'Abandoned' } });
});

test('an administrator who loses the role in the meantime deletes nothing', async () => {
  const { id } = await ann.call('workspaces.create', { name: 'Kept' });
  const bea = await app.person('Bea');
  const asAdmin = app.as({ ...bea.actor, role: 'admin' });
  await expect(asAdmin('adminWorkspaces.delete', { workspaceId: id })).rejects.toMatchObject({ code: 'forbidden' });
  expect((await ann.call('workspaces.get', { workspaceId: id })).name).toBe('Kept');
});

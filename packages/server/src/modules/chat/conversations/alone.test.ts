import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Person, type TestApp, testApp } from '../../../../test/app.ts';

let app: TestApp;
let ann: Person;
let workspaceId: string;
let general: string;

beforeAll(async () => {
  app = await testApp();
  ann = await app.person('Ann');
  workspaceId = (await ann.call('workspaces.create', { name: 'Garden' })).id;
  general = (await ann.call('conversations.list', { workspaceId })).items[0]!.id;
});
afterAll(() => app.close());

const text = (content: string) => ({ content, clientMessageId: crypto.randomUUID() });
const join = async (who: Person) => {
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  await who.call('workspaces.join', { code });
};

/** Ben, who has a direct conversation with Ann. */
async function friend(): Promise<{ ben: Person; conversationId: string }> {
  const ben = await app.person('Ben');
  await join(ben);
  const { message } = await ben.call('messages.send', { toUserId: ann.userId, ...text('Hello') });
  return { ben, conversationId: message.conversationId };
}

/** Every way in which one of the two can leave. */
const ways: [string, (ben: Person) => Promise<unknown>][] = [
  ['deletes their account', (ben) => ben.call('users.delete', { password: PASSWORD })],
  ['leaves the workspace', (ben) => ben.call('workspaces.leave', { workspaceId })],
  ['is removed', ({ userId }) => ann.call('members.remove', { workspaceId, userId })],
  ['becomes a customer', ({ userId }) => ann.call('members.update', { workspaceId, userId, role: 'customer' })],
];

describe.each(ways)('P6 when one of two %s', (way, go) => {
  it('their direct conversation can be read but not written to', async () => {
    const { ben, conversationId } = await friend();
    expect((await ann.call('conversations.get', { conversationId })).can.send).toBe(true);
    await go(ben);
    const told = await app.events(`conversation:${conversationId}`);
    expect(told.map(({ type }) => type)).toContain('conversation:updated');
    expect((await app.events(`user:${ann.userId}`)).map(({ type }) => type)).toContain('conversation:can');
    for (const content of ['Still there?', '@channel']) {
      const sent = ann.call('messages.send', { conversationId, ...text(content) });
      await expect(sent).rejects.toMatchObject({ code: 'archived' });
    }
    const found = await ann.call('conversations.get', { conversationId });
    expect(found).toMatchObject({ archivedAt: expect.any(String), can: { send: false, archive: false } });
    const { items } = await ann.call('messages.list', { conversationId });
    expect(items.map(({ content }) => content)).toEqual(['Hello']);
  });

  it('people who can read their messages can read their profile, and nobody else', async () => {
    const { ben } = await friend();
    const { message } = await ben.call('messages.send', { conversationId: general, ...text('I was here') });
    await go(ben);
    const card = await ann.call('users.get', { userId: ben.userId });
    expect(card.id).toBe(ben.userId);
    const cat = await app.person('Cat');
    const asked = () => cat.call('users.get', { userId: ben.userId });
    await expect(asked()).rejects.toMatchObject({ code: 'not_found' });
    await join(cat);
    // Cat can read the public channel now.
    expect(await asked()).toEqual(card);
    await ann.call('messages.delete', { messageId: message.id });
    if (way !== 'becomes a customer') await expect(asked()).rejects.toMatchObject({ code: 'not_found' });
  });
});

it('P6 the two can write again once both are back', async () => {
  const { ben, conversationId } = await friend();
  await ben.call('workspaces.leave', { workspaceId });
  await join(ben);
  const { message } = await ben.call('messages.send', { toUserId: ann.userId, ...text('Back') });
  expect(message.conversationId).toBe(conversationId);
  const found = await ann.call('conversations.get', { conversationId });
  expect(found).toMatchObject({ archivedAt: null, can: { send: true } });
});

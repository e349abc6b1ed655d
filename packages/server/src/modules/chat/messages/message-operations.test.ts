import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;
let conversationId: string;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world.close());

/** A channel that the owner manages, with the member and the guest in it. */
beforeEach(async () => {
  const memberIds = [team.member.userId, team.guest.userId];
  const { conversations } = team.owner.api;
  const input = {
    workspaceId: team.id,
    kind: 'channel',
    visibility: 'private',
    name: randomUUID(),
    memberIds,
  } as const;
  conversationId = (await conversations.create(input)).id;
  await world.told();
});

const refused = (code: string) => expect.objectContaining({ code });
const listed = async () => (await team.guest.api.messages.list({ conversationId })).items;

describe('editing', () => {
  it('changes the text, keeps the former one, and tells everyone', async () => {
    const said = await world.say(conversationId, team.member, 'Frist');
    await world.told();
    const edited = await team.member.api.messages.update({ messageId: said.id, content: 'First' });
    expect(edited).toEqual({ ...said, content: 'First', version: 2, editedAt: edited.editedAt });
    expect(await listed()).toEqual([edited]);
    const [event, ...others] = await world.told();
    expect(event).toMatchObject({ type: 'message:updated', stream: `conversation:${conversationId}` });
    expect(event?.body).toEqual({ messageId: said.id });
    expect(others).toEqual([]);
    const { items } = await team.member.api.messages.history({ messageId: said.id });
    const { userId } = team.member;
    const changedAt = edited.editedAt;
    expect(items).toEqual([{ version: 1, content: 'Frist', action: 'edited', changedBy: userId, changedAt }]);
  });

  it('emits nothing for the same text', async () => {
    const { id: messageId, content } = await world.say(conversationId, team.member);
    await world.told();
    expect((await team.member.api.messages.update({ messageId, content })).version).toBe(1);
    expect(await world.told()).toEqual([]);
  });

  it('is permitted to the author only, while they are a member and the conversation is not archived', async () => {
    const { id: messageId } = await world.say(conversationId, team.member);
    const edit = (who: typeof team.member) => who.api.messages.update({ messageId, content: 'Mine' });
    await expect(edit(team.owner)).rejects.toEqual(refused('forbidden'));
    await expect(edit(team.guest)).rejects.toEqual(refused('forbidden'));
    await expect(edit(team.admin)).rejects.toEqual(refused('not_found'));
    await team.owner.api.conversations.update({ conversationId, archived: true });
    await expect(edit(team.member)).rejects.toEqual(refused('archived'));
    await team.owner.api.conversations.update({ conversationId, archived: false });
    await team.owner.api.conversations.removeMember({ conversationId, userId: team.member.userId });
    await expect(edit(team.member)).rejects.toEqual(refused('not_found'));
  });

  it('refuses a version that is not current, and returns the current state', async () => {
    const { id: messageId } = await world.say(conversationId, team.member);
    const { messages } = team.member.api;
    const current = await messages.update({ messageId, content: 'Second', version: 1 });
    const late = messages.update({ messageId, content: 'Third', version: 1 });
    await expect(late).rejects.toMatchObject({ code: 'version_conflict', details: { current } });
  });

  it('keeps all former texts, however many change it at once', async () => {
    const { id: messageId } = await world.say(conversationId, team.member, 'Text 0');
    const texts = Array.from({ length: 20 }, (_, at) => `Text ${at + 1}`);
    await Promise.all(texts.map((content) => team.member.api.messages.update({ messageId, content })));
    const [message] = await listed();
    const first = await team.owner.api.messages.history({ messageId, limit: 12 });
    const second = await team.owner.api.messages.history({ messageId, cursor: first.nextCursor! });
    const revisions = [...first.items, ...second.items];
    expect(second.nextCursor).toBeNull();
    expect(revisions.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, at) => 20 - at));
    const all = [message!.content, ...revisions.map(({ content }) => content)];
    expect(all.toSorted()).toEqual(['Text 0', ...texts].toSorted());
  });
});

describe('deleting', () => {
  it('keeps the place in the order, and the text in the history only', async () => {
    const before = await world.say(conversationId, team.guest);
    const said = await world.say(conversationId, team.member, 'Secret');
    const after = await world.say(conversationId, team.guest);
    await world.told();
    await team.member.api.messages.delete({ messageId: said.id });
    const [event] = await world.told();
    expect(event).toMatchObject({ type: 'message:deleted', body: { messageId: said.id } });
    const messages = await listed();
    const deleted = messages[1];
    expect(deleted).toEqual({ ...said, content: '', version: 2, deletedAt: expect.any(String) });
    expect(messages).toEqual([before, deleted, after]);
    const { items } = await team.owner.api.messages.history({ messageId: said.id });
    expect(items).toMatchObject([{ version: 1, content: 'Secret', action: 'deleted' }]);
    const { rows } = await sql`select 1 from event where body::text like '%Secret%'`.execute(world.database.db);
    expect(rows).toEqual([]);
  });

  it('is permitted to the author and to managers, once', async () => {
    const said = await world.say(conversationId, team.member);
    const remove = (who: typeof team.member) => who.api.messages.delete({ messageId: said.id });
    await expect(remove(team.guest)).rejects.toEqual(refused('forbidden'));
    await expect(remove(team.admin)).rejects.toEqual(refused('not_found'));
    await remove(team.owner);
    await world.told();
    await remove(team.member);
    expect(await world.told()).toEqual([]);
    const edit = team.member.api.messages.update({ messageId: said.id, content: 'Back' });
    await expect(edit).rejects.toEqual(refused('conflict'));
  });

  it('is refused in an archived conversation', async () => {
    const { id: messageId } = await world.say(conversationId, team.member);
    await team.owner.api.conversations.update({ conversationId, archived: true });
    await expect(team.member.api.messages.delete({ messageId })).rejects.toEqual(refused('archived'));
  });

  it('shows former texts only to the author and managers', async () => {
    const { id: messageId } = await world.say(conversationId, team.member);
    await expect(team.guest.api.messages.history({ messageId })).rejects.toEqual(refused('forbidden'));
    await expect(team.admin.api.messages.history({ messageId })).rejects.toEqual(refused('not_found'));
    const cursor = Buffer.from('[0]').toString('base64url');
    await expect(team.owner.api.messages.history({ messageId, cursor })).rejects.toEqual(refused('invalid_input'));
  });
});

describe('sending the same message again', () => {
  it('returns the first answer, whatever happened to the message since', async () => {
    const input = { conversationId, content: 'Once', clientMessageId: randomUUID() };
    const { messages } = team.member.api;
    const { message } = await messages.send(input);
    await messages.update({ messageId: message.id, content: 'Twice' });
    expect(await messages.send(input)).toEqual({ message, duplicate: true });
    await messages.delete({ messageId: message.id });
    expect(await messages.send(input)).toEqual({ message, duplicate: true });
    await expect(messages.send({ ...input, content: 'Twice' })).rejects.toEqual(refused('idempotency_mismatch'));
  });
});

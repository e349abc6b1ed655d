import { randomUUID } from 'node:crypto';
import { sizes } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;
let conversationId: string;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  for (const [name, { userId }] of Object.entries({
    olga: team.owner,
    mia: team.member,
    gus: team.guest,
    ada: team.admin,
  })) {
    await sql`update account set username = ${name} where id = ${userId}`.execute(world.database.db);
  }
});
afterAll(() => world.close());

beforeEach(async () => {
  const memberIds = [team.member.userId, team.guest.userId];
  const input = {
    workspaceId: team.id,
    kind: 'channel',
    visibility: 'private',
    name: randomUUID(),
    memberIds,
  } as const;
  conversationId = (await team.owner.api.conversations.create(input)).id;
  await world.told();
});

const mentions = async (who: Person) => (await who.api.conversations.get({ conversationId })).mentions;
const heard = async () =>
  (await world.told()).filter(({ type }) => type === 'mention:received').map(({ stream }) => stream);

describe('mentioning', () => {
  it('finds members by username, notifies them, and counts for them only', async () => {
    const said = await world.say(conversationId, team.owner, 'Ask @mia or @Gus, not @ada, @nobody or @olga');
    expect(said.mentions?.toSorted()).toEqual([team.member.userId, team.guest.userId, team.owner.userId].sort());
    expect((await heard()).sort()).toEqual([`user:${team.guest.userId}`, `user:${team.member.userId}`].sort());
    expect(await mentions(team.member)).toEqual([said.seq]);
    expect(await mentions(team.owner)).toEqual([]);
  });

  it('follows the text when it is edited: notifies new ones once, and removes former ones', async () => {
    const { id: messageId, seq } = await world.say(conversationId, team.owner, 'Look');
    const edit = (content: string) => team.owner.api.messages.update({ messageId, content });
    const told = async () => (await world.told()).filter(({ type }) => type.startsWith('mention:'));
    await told();
    expect((await edit('@mia look')).mentions).toEqual([team.member.userId]);
    expect(await told()).toMatchObject([{ stream: `user:${team.member.userId}`, type: 'mention:received' }]);
    expect(await mentions(team.member)).toEqual([seq]);
    await edit('@mia look again');
    expect(await told()).toEqual([]);
    expect((await edit('@gus look')).mentions).toEqual([team.guest.userId]);
    expect(await mentions(team.member)).toEqual([]);
    expect(await mentions(team.guest)).toEqual([seq]);
    expect((await told()).map(({ stream, type }) => `${type} ${stream}`).sort()).toEqual([
      `mention:received user:${team.guest.userId}`,
      `mention:removed user:${team.member.userId}`,
    ]);
    const all = await edit('@channel look');
    expect([all.mentions, all.mentionScope]).toEqual([undefined, 'channel']);
    expect([await mentions(team.member), await mentions(team.guest)]).toEqual([[seq], [seq]]);
    await told();
    await edit('@channel look, @mia');
    expect(await told()).toEqual([]);
    const none = await edit('look');
    expect([none.mentions, none.mentionScope]).toEqual([undefined, undefined]);
    expect([await mentions(team.member), await mentions(team.guest)]).toEqual([[], []]);
  });

  it.each(['@mia', '@channel'])('is removed with its message: %s', async (content) => {
    const { id: messageId } = await world.say(conversationId, team.owner, content);
    expect(await mentions(team.member)).toHaveLength(1);
    await world.told();
    await team.owner.api.messages.delete({ messageId });
    expect(await mentions(team.member)).toEqual([]);
    const removed = (await world.told()).filter(({ type }) => type === 'mention:removed').map(({ stream }) => stream);
    expect(removed).toContain(`user:${team.member.userId}`);
  });

  it('finds the member with the longest matching name', async () => {
    const said = await world.say(conversationId, team.owner, 'Ask @mia.Then go, 请@gus看一下');
    expect(said.mentions?.toSorted()).toEqual([team.member.userId, team.guest.userId].sort());
    await sql`update account set username = 'mia.then' where id = ${team.guest.userId}`.execute(world.database.db);
    try {
      expect((await world.say(conversationId, team.owner, '@mia.Then go')).mentions).toEqual([team.guest.userId]);
    } finally {
      await sql`update account set username = 'gus' where id = ${team.guest.userId}`.execute(world.database.db);
    }
  });

  it('finds everyone for @channel, and nobody for @here if nobody is connected', async () => {
    const all = await world.say(conversationId, team.owner, '@channel: lunch');
    expect(all).toMatchObject({ mentionScope: 'channel' });
    expect(all.mentions).toBeUndefined();
    expect((await heard()).sort()).toEqual([`user:${team.guest.userId}`, `user:${team.member.userId}`].sort());
    const here = await world.say(conversationId, team.owner, '@here: lunch');
    expect(here).toMatchObject({ mentionScope: 'here' });
    expect(await heard()).toEqual([]);
    expect(await mentions(team.guest)).toEqual([all.seq]);
  });

  it('ends when it is read, on all devices', async () => {
    const first = await world.say(conversationId, team.owner, '@mia one');
    const second = await world.say(conversationId, team.owner, '@mia two');
    await team.member.api.messages.ack({ conversationId, readSeq: first.seq });
    expect(await mentions(team.member)).toEqual([second.seq]);
    const { items } = await team.member.api.conversations.list({ workspaceId: team.id });
    expect(items.find(({ id }) => id === conversationId)).toMatchObject({ unread: 1, mentions: [second.seq] });
  });

  it('does not find later and former members', async () => {
    await world.say(conversationId, team.owner, '@channel');
    await team.owner.api.conversations.addMember({ conversationId, userId: team.admin.userId });
    expect(await mentions(team.admin)).toEqual([]);
    await team.owner.api.conversations.removeMember({ conversationId, userId: team.guest.userId });
    await world.told();
    await world.say(conversationId, team.owner, '@channel and @gus');
    expect(await heard()).not.toContain(`user:${team.guest.userId}`);
  });

  it('finds everyone in a large conversation only for managers, and named members always', async () => {
    await sql`
      with people as (
        insert into account (id, email, name)
        select id, id || '@example.test', 'Someone' from (
          select gen_random_uuid() as id from generate_series(1, ${sizes.mentionAll}::int)
        ) new returning id
      )
      insert into conversation_member (conversation_id, account_id, role, joined_at, delivered_seq, read_seq)
      select ${conversationId}::uuid, id, 'member', now(), 0, 0 from people
    `.execute(world.database.db);
    const said = await world.say(conversationId, team.member, '@channel, and @gus');
    expect(said).toMatchObject({ content: '@channel, and @gus', mentions: [team.guest.userId] });
    expect(said.mentionScope).toBeUndefined();
    expect(await heard()).toEqual([`user:${team.guest.userId}`]);
    expect((await world.say(conversationId, team.member, '@here')).mentionScope).toBeUndefined();
    expect(await heard()).toEqual([]);
    await team.owner.api.conversations.addMember({ conversationId, userId: team.admin.userId });
    await world.told();
    for (const manager of [team.owner, team.admin]) {
      expect((await world.say(conversationId, manager, '@channel')).mentionScope).toBe('channel');
      expect(await heard()).toHaveLength(sizes.mentionAll + 3);
    }
  });

  it('shows the latest of many', async () => {
    await sql`
      insert into mention (account_id, conversation_id, seq)
      select ${team.member.userId}::uuid, ${conversationId}::uuid, n from generate_series(100, 400) n
    `.execute(world.database.db);
    const found = await mentions(team.member);
    expect(found).toHaveLength(sizes.mentions);
    expect([found[0], found.at(-1)]).toEqual([301, 400]);
  });

  it('is delivered in order with plain messages, however many are sent at once', async () => {
    const contents = Array.from({ length: 30 }, (_, at) => (at % 3 === 0 ? `@mia ${at}` : `Plain ${at}`));
    await Promise.all(contents.map((content) => world.say(conversationId, team.owner, content)));
    const { items } = await team.guest.api.messages.list({ conversationId });
    expect(items.map(({ content }) => content).toSorted()).toEqual(contents.toSorted());
    const meant = items.filter(({ content }) => content.startsWith('@')).map(({ seq }) => seq);
    expect(await mentions(team.member)).toEqual(meant);
  });
});

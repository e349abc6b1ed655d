import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { emoji, type Message, sizes } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../../test/world.ts';
import type { StoredReactions } from '../rows/tables.ts';
import { takesReaction, withReaction } from './reactions.ts';

let world: TestWorld;
let team: Team;
let said: Message;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world.close());
beforeEach(async () => {
  said = await world.say(team.general, team.member);
  await world.told();
});

const refused = (code: string) => expect.objectContaining({ code });
const add = (who: Person, name: string) => who.api.reactions.add({ messageId: said.id, emoji: name });
const remove = (who: Person, name: string) => who.api.reactions.remove({ messageId: said.id, emoji: name });
const shown = async () => (await team.owner.api.messages.get({ messageId: said.id })).reactions;

describe('valid emoji', () => {
  it.each(['👍', '❤️', '👩🏽‍🚀', '🇫🇮', '3️⃣', ':tada:', ':+1:'])('%s is valid', (one) => {
    expect(emoji.safeParse(one).success).toBe(true);
  });
  it.each(['', 'a', '3', ':', '::', ':Tada:', '👍👍', '👍!', `:${'x'.repeat(31)}:`, ' 👍', '‍', '🇫', '❤️❤️', '\u20e3'])(
    '%j is invalid',
    (one) => {
      expect(emoji.safeParse(one).success).toBe(false);
    },
  );
});

describe('reactions that were stored in several spellings', () => {
  const migration = new URL('../../../../migrations/0082_emoji_spellings.sql', import.meta.url);

  /** Runs the migration again, then a query with its function. */
  async function migrated(query = 'select') {
    const client = await world.database.pool.connect();
    try {
      await client.query(await readFile(migration, 'utf8'));
      return (await client.query(query)).rows;
    } finally {
      // With its temporary function.
      client.release(true);
    }
  }

  it('are in one after an update, each person once, and can be removed', async () => {
    const { pool } = world.database;
    const [owner, admin] = [team.owner.userId, team.admin.userId].sort() as [string, string];
    const stored = { '\u2764': [owner], '\u2764\ufe0f': [admin, owner], '\u2b50\ufe0f': [admin], ':8ball:': [owner] };
    await pool.query('update message set reactions = $1 where id = $2', [stored, said.id]);
    const untouched = await world.say(team.general, team.member);
    await team.owner.api.reactions.add({ messageId: untouched.id, emoji: '👩🏽‍🚀' });
    const before = await pool.query('select xmin, reactions from message where id = $1', [untouched.id]);
    const told = { conversationId: team.general, messageId: said.id, userId: owner, emoji: '\u2764' };
    await pool.query(
      "update event set type = 'reaction:added', body = $1 where stream = $2 and seq = (select max(seq) from event where stream = $2)",
      [told, `conversation:${team.general}`],
    );

    await migrated();
    expect(await shown()).toEqual(
      expect.arrayContaining([
        { emoji: '\u2764\ufe0f', userIds: [owner, admin] },
        { emoji: '\u2b50', userIds: [admin] },
        { emoji: ':8ball:', userIds: [owner] },
      ]),
    );
    expect((await pool.query('select xmin, reactions from message where id = $1', [untouched.id])).rows).toEqual(
      before.rows,
    );
    const { rows } = await pool.query(
      "select body from event where body ->> 'messageId' = $1 and type = 'reaction:added'",
      [said.id],
    );
    expect(rows).toEqual([{ body: { ...told, emoji: '\u2764\ufe0f' } }]);
    for (const who of [team.owner, team.admin]) {
      for (const one of ['\u2764', '\u2b50', ':8ball:']) await remove(who, one);
    }
    expect(await shown()).toBeUndefined();
  });

  it('are spelled as the contract spells them: every emoji of one character, and those of more', async () => {
    const every = Array.from({ length: 0x20000 }, (_, at) => at)
      .filter((at) => at < 0xd800 || at > 0xdfff)
      .flatMap((at) => [
        String.fromCodePoint(at),
        `${String.fromCodePoint(at)}\u{1f3fd}`,
        `${String.fromCodePoint(at)}\u20e3`,
      ]);
    const more = [
      '\u{1f441}\u200d\u{1f5e8}',
      '\u2764\u200d\u{1f525}',
      '\u{1f3f3}\u200d\u{1f308}',
      '🇫🇮',
      '\u{1f575}\u200d\u2642',
      '👩🏽‍🚀',
    ];
    const typed = [...every, ...more].filter((one) => emoji.safeParse(one).success);
    expect(typed.length).toBeGreaterThan(1_500);
    const literals = typed.map((one) => `'${one}'`).join();
    const rows = await migrated(`select pg_temp.one_spelling(one) as kept from unnest(array[${literals}]) as one`);
    expect(rows.map(({ kept }) => kept)).toEqual(typed.map((one) => emoji.parse(one)));
  });
});

describe('reacting', () => {
  it.each([
    ['\u2764', '\u2764\ufe0f'],
    ['1\u20e3', '1\ufe0f\u20e3'],
    ['\u2b50\ufe0f', '\u2b50'],
    ['\u270c\ufe0f\u{1f3fd}', '\u270c\u{1f3fd}'],
    ['\u{1f441}\u200d\u{1f5e8}', '\u{1f441}\ufe0f\u200d\u{1f5e8}\ufe0f'],
  ])('takes every spelling of an emoji for the same one: %j', async (typed, kept) => {
    await add(team.owner, typed);
    await add(team.admin, kept);
    expect(await shown()).toMatchObject([{ emoji: kept, userIds: { length: 2 } }]);
    await remove(team.owner, kept);
    await remove(team.admin, typed);
    expect(await shown()).toBeUndefined();
  });

  it('shows who reacted with what, once per person and emoji, and tells everyone', async () => {
    await add(team.owner, '👍');
    await add(team.owner, '👍');
    await add(team.admin, '👍');
    await add(team.admin, ':tada:');
    const both = [team.owner.userId, team.admin.userId].sort();
    expect(await shown()).toEqual([
      { emoji: ':tada:', userIds: [team.admin.userId] },
      { emoji: '👍', userIds: both },
    ]);
    const { userId } = team.owner;
    const told = await world.told();
    expect(told.map(({ type }) => type)).toEqual(['reaction:added', 'reaction:added', 'reaction:added']);
    expect(told[0]?.body).toEqual({ conversationId: team.general, messageId: said.id, userId, emoji: '👍' });
  });

  it('removes only the caller’s own, and emits nothing if there was none', async () => {
    await add(team.owner, '👍');
    await remove(team.admin, '👍');
    expect(await shown()).toHaveLength(1);
    await remove(team.owner, '👍');
    await remove(team.owner, '👍');
    expect(await shown()).toBeUndefined();
    expect((await world.told()).map(({ type }) => type)).toEqual(['reaction:added', 'reaction:removed']);
  });

  it('keeps all when many are added at once', async () => {
    const people: Person[] = [];
    for (let at = 0; at < 12; at += 1) people.push(await world.join(team.id, team.owner, 'member'));
    await Promise.all(people.flatMap((who) => [add(who, '👍'), add(who, ':tada:')]));
    expect((await shown())?.map(({ userIds }) => userIds.length)).toEqual([12, 12]);
  });

  it('is permitted to members, while the message exists and the conversation is not archived', async () => {
    await expect(add(team.guest, '👍')).rejects.toEqual(refused('not_found'));
    const outsider = await world.person();
    await world.join(team.id, team.owner, 'member', outsider);
    await outsider.api.conversations.removeMember({ conversationId: team.general, userId: outsider.userId });
    await expect(add(outsider, '👍')).rejects.toEqual(refused('forbidden'));
    await add(team.owner, '👍');
    await team.member.api.messages.delete({ messageId: said.id });
    expect(await shown()).toBeUndefined();
    await expect(add(team.owner, '👍')).rejects.toEqual(refused('conflict'));
    await remove(team.owner, '👍');
  });

  it('is refused in an archived conversation', async () => {
    const { conversations } = team.owner.api;
    const { id } = await conversations.create({ workspaceId: team.id, kind: 'channel', name: randomUUID() });
    said = await world.say(id, team.owner);
    await conversations.update({ conversationId: id, archived: true });
    await expect(add(team.owner, '👍')).rejects.toEqual(refused('archived'));
  });

  it('has limits: of different emoji, and in total', async () => {
    let full: StoredReactions = {};
    for (let at = 0; at < sizes.reactionEmojis; at += 1) full = withReaction(full, `:e${at}:`, team.admin.userId);
    await sql`update message set reactions = ${JSON.stringify(full)}::jsonb where id = ${said.id}`.execute(
      world.database.db,
    );
    await expect(add(team.owner, ':another:')).rejects.toEqual(refused('conflict'));
    await add(team.owner, ':e7:');
    const crowd = { ':e1:': Array.from({ length: sizes.reactions }, () => randomUUID()) };
    expect(takesReaction(crowd, ':e1:')).toBe(false);
    expect(takesReaction({ ':e1:': crowd[':e1:'].slice(1) }, ':e2:')).toBe(true);
  });
});

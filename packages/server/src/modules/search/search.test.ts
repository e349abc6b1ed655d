import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../test/world.ts';
import { messageSource } from '../chat/search/source.ts';
import { Indexer } from './indexer.ts';

let world: TestWorld;
let team: Team;
let indexer: Indexer;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  indexer = new Indexer({ database: world.database, source: messageSource, log: { warn: () => undefined } });
});
afterAll(() => world.close());

/** Waits until everything is indexed; the indexer of the server may be running too. */
async function indexed(): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    await indexer.catchUp();
    const { rows } = await world.database.pool.query(`
      select from stream s left join search_position p on p.stream = s.name
      where s.name like 'conversation:%' and s.seq > coalesce(p.seq, 0)`);
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('The index did not catch up');
}

type Query = Parameters<Person['api']['search']['messages']>[0];

async function find(person: Person, query: Query): Promise<string[]> {
  await indexed();
  return (await person.api.search.messages(query)).items.map(({ message }) => message.content);
}

const say = (person: Person, content: string, conversationId = team.general) =>
  world.say(conversationId, person, content);

async function channel(visibility: 'public' | 'private', members: Person[] = []): Promise<string> {
  const memberIds = members.map(({ userId }) => userId);
  const name = `c-${randomUUID().slice(0, 8)}`;
  const input = { workspaceId: team.id, kind: 'channel', name, visibility, memberIds } as const;
  return (await team.owner.api.conversations.create(input)).id;
}

describe('search', () => {
  it('finds words, prefixes, infixes, accented and Chinese text, newest first', async () => {
    await say(team.member, 'The tomatoes of the Café are ripe');
    await say(team.member, 'More TOMATO soup, 東京都庁で');
    expect(await find(team.member, { q: 'tomato' })).toEqual([
      'More TOMATO soup, 東京都庁で',
      'The tomatoes of the Café are ripe',
    ]);
    expect(await find(team.member, { q: 'omato' })).toHaveLength(2);
    expect(await find(team.member, { q: 'cafe ripe' })).toEqual(['The tomatoes of the Café are ripe']);
    expect(await find(team.member, { q: '京都' })).toEqual(['More TOMATO soup, 東京都庁で']);
    expect(await find(team.member, { q: '庁' })).toEqual(['More TOMATO soup, 東京都庁で']);
    expect(await find(team.member, { q: '"tomatoes of"' })).toEqual(['The tomatoes of the Café are ripe']);
    expect(await find(team.member, { q: '東庁' })).toEqual([]);
    expect(await find(team.member, { q: 'tomato potato' })).toEqual([]);
  });

  it('finds text with any apostrophe, hyphen, vowel points or flag', async () => {
    const flags = ['A parcel from 🇩🇪', 'A parcel from 🇺🇸'];
    const others = ['It doesn’t sprout', 'Send an e\u2011mail', 'مُحَمَّد', 'משה'];
    for (const content of [...flags, ...others]) await say(team.member, content);
    expect(await find(team.member, { q: "doesn't" })).toEqual(['It doesn’t sprout']);
    expect(await find(team.member, { q: '"an e-mail"' })).toEqual(['Send an e\u2011mail']);
    expect(await find(team.member, { q: 'محمد' })).toEqual(['مُحَمَّد']);
    expect(await find(team.member, { q: 'מֹשֶׁה' })).toEqual(['משה']);
    expect(await find(team.member, { q: 'from 🇩🇪' })).toEqual([flags[0]]);
    expect(await find(team.member, { q: '🇺🇸' })).toEqual([flags[1]]);
  });

  it('returns where the text was found', async () => {
    await say(team.member, 'Ein großes Zucchinibeet');
    await indexed();
    const { items } = await team.member.api.search.messages({ q: 'gross ucchini' });
    expect(items[0]?.snippet).toEqual({
      text: 'Ein großes Zucchinibeet',
      from: 0,
      highlights: [
        { start: 4, end: 8 },
        { start: 12, end: 19 },
      ],
    });
  });

  it('filters by conversation, person, time and marks', async () => {
    const other = await channel('public', [team.member]);
    await say(team.member, 'quince one https://example.org/quince', other);
    const reacted = await say(team.admin, 'quince two');
    await team.member.api.reactions.add({ messageId: reacted.id, emoji: '👍' });
    const pinned = await say(team.member, 'quince three');
    expect(await find(team.member, { q: 'quince', in: other })).toEqual(['quince one https://example.org/quince']);
    expect(await find(team.member, { q: 'quince', from: team.admin.userId })).toEqual(['quince two']);
    expect(await find(team.member, { q: 'quince', has: ['link'] })).toHaveLength(1);
    expect(await find(team.member, { q: 'quince', has: ['reaction'] })).toEqual(['quince two']);
    expect(await find(team.member, { in: other, has: ['link'] })).toHaveLength(1);
    expect(await find(team.member, { q: 'quince', after: pinned.createdAt })).toEqual(['quince three']);
    expect(await find(team.member, { q: 'quince', before: reacted.createdAt })).toHaveLength(1);
    const today = pinned.createdAt.slice(0, 10);
    expect(await find(team.member, { q: 'quince', after: today })).toHaveLength(3);
    expect(await find(team.member, { q: 'quince', before: today })).toEqual([]);
  });

  it("uses days of the caller's zone, and accepts timestamps with any offset", async () => {
    const { createdAt } = await say(team.member, 'zonedquince');
    const q = 'zonedquince';
    // These two zones never have the same date.
    const [east, west] = ['Pacific/Kiritimati', 'Etc/GMT+12'] as const;
    const dayIn = (timeZone: string) => new Date(createdAt).toLocaleDateString('sv', { timeZone });
    expect(await find(team.member, { q, after: dayIn(east), timeZone: east })).toEqual([q]);
    expect(await find(team.member, { q, before: dayIn(east), timeZone: east })).toEqual([]);
    expect(await find(team.member, { q, after: dayIn(east), timeZone: west })).toEqual([]);
    expect(await find(team.member, { q, before: dayIn(east), timeZone: west })).toEqual([q]);
    await team.member.api.users.updateMe({ timezone: east });
    expect(await find(team.member, { q, after: dayIn(east) })).toEqual([q]);
    await team.member.api.users.updateMe({ timezone: west });
    expect(await find(team.member, { q, after: dayIn(east) })).toEqual([]);
    await team.member.api.users.updateMe({ timezone: 'UTC' });
    const sameInstant = `${new Date(Date.parse(createdAt) + 14 * 3_600_000).toISOString().slice(0, -1)}+14:00`;
    expect(await find(team.member, { q, after: sameInstant })).toEqual([q]);
    expect(await find(team.member, { q, before: sameInstant })).toEqual([]);
  });

  it('follows edits and deletions', async () => {
    const message = await say(team.member, 'the first wordinga');
    expect(await find(team.member, { q: 'wordinga' })).toHaveLength(1);
    await team.member.api.messages.update({ messageId: message.id, content: 'the second wordingb' });
    expect(await find(team.member, { q: 'wordinga' })).toEqual([]);
    expect(await find(team.member, { q: 'ordingb' })).toEqual(['the second wordingb']);
    await team.member.api.messages.delete({ messageId: message.id });
    // It is not found, even before the index is updated.
    expect((await team.member.api.search.messages({ q: 'wordingb' })).items).toEqual([]);
    expect(await find(team.member, { q: 'wordingb' })).toEqual([]);
    const { rows } = await world.database.pool.query('select from search_entry where id = $1', [message.id]);
    expect(rows).toEqual([]);
  });
});

describe('permissions', () => {
  it('are those of reading the conversation', async () => {
    const open = await channel('public');
    const closed = await channel('private', [team.admin]);
    await say(team.owner, 'rhubarb in the open', open);
    await say(team.owner, 'rhubarb in private', closed);
    const stranger = (await world.workspace()).owner;
    expect(await find(team.admin, { q: 'rhubarb' })).toEqual(['rhubarb in private', 'rhubarb in the open']);
    expect(await find(team.member, { q: 'rhubarb' })).toEqual(['rhubarb in the open']);
    for (const person of [team.guest, team.customer, stranger])
      expect(await find(person, { q: 'rhubarb' })).toEqual([]);
    await expect(team.member.api.search.messages({ q: 'rhubarb', in: closed })).rejects.toMatchObject({
      code: 'not_found',
    });
    await team.owner.api.conversations.removeMember({ conversationId: closed, userId: team.admin.userId });
    expect(await find(team.admin, { q: 'rhubarb' })).toEqual(['rhubarb in the open']);
  });

  it('end when the conversation is deleted', async () => {
    const gone = await channel('private', [team.member]);
    await say(team.owner, 'celeriac', gone);
    expect(await find(team.member, { q: 'celeriac' })).toHaveLength(1);
    await team.owner.api.conversations.delete({ conversationId: gone });
    expect(await find(team.member, { q: 'celeriac' })).toEqual([]);
    // The indexer of the server may be running, and then this one does nothing.
    const left = async (text: string, values: string[]) => {
      await indexer.tidy();
      return (await world.database.pool.query(text, values)).rows.length;
    };
    await expect.poll(() => left('select from search_entry where place_id = $1', [gone])).toBe(0);
  });
});

describe('pages', () => {
  it('are stable while messages are sent', async () => {
    for (let n = 1; n <= 5; n++) await say(team.member, `parsnip number ${n}`);
    await indexed();
    const first = await team.member.api.search.messages({ q: 'parsnip', limit: 2 });
    await say(team.member, 'parsnip number 6');
    await indexed();
    const second = await team.member.api.search.messages({ q: 'parsnip', limit: 2, cursor: first.nextCursor! });
    const third = await team.member.api.search.messages({ q: 'parsnip', limit: 2, cursor: second.nextCursor! });
    const all = [first, second, third].flatMap(({ items }) => items.map(({ message }) => message.content.at(-1)));
    expect(all).toEqual(['5', '4', '3', '2', '1']);
    expect(third.nextCursor).toBeNull();
  });

  it('are sorted by relevance on request', async () => {
    for (const content of ['fennel', 'fennels', 'unfennel', 'fennel again']) await say(team.member, content);
    await indexed();
    const query = { q: 'fennel', order: 'best', limit: 3 } as const;
    const first = await team.member.api.search.messages(query);
    await say(team.member, 'fennel too late');
    await indexed();
    const second = await team.member.api.search.messages({ ...query, cursor: first.nextCursor! });
    const all = [first, second].flatMap(({ items }) => items.map(({ message }) => message.content));
    expect(all).toEqual(['fennel again', 'fennel', 'fennels', 'unfennel']);
    expect(second.nextCursor).toBeNull();
  });
});

describe('refusals', () => {
  it.each([
    [{}, 'q'],
    [{ q: '!!!' }, 'q'],
    [{ q: 'one two three four five six seven eight nine' }, 'q'],
    [{ q: 'x', cursor: 'abc' }, 'cursor'],
    [{ q: 'x', before: 'yesterday' }, 'before'],
  ])('%j', async (query, path) => {
    const refusal = await team.member.api.search.messages(query).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'invalid_input', details: { errors: [{ path }] } });
  });
});

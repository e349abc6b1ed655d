import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';
import type { CommittedEvent } from '../../../platform/stream/index.ts';
import { renderEvents } from '../../../platform/stream/render.ts';
import { parseMentions } from '../mentions/parse.ts';
import { chatRenderers } from '../view/events.ts';
import { ConversationCache } from './conversation-cache.ts';
import { createLinkedWriter } from './linked-writer.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  await sql`update account set username = 'mia' where id = ${team.member.userId}`.execute(world.database.db);
});
afterAll(() => world.close());

it('emits its events with the same data that is rendered later', async () => {
  const { database } = world;
  const committed: CommittedEvent[] = [];
  const send = createLinkedWriter({
    database,
    // Events of other modules have no data yet.
    publish: (events) => committed.push(...events.filter(({ type }) => type !== 'notification')),
    conversations: new ConversationCache(database.db),
    maySend: () => {},
    count: async () => {},
    isHere: () => true,
    transact: world.transact,
  });
  const conversationId = team.general;
  const root = await world.say(conversationId, team.admin);
  await team.owner.api.drafts.set({ conversationId, threadId: root.id, content: 'Perhaps' });
  const content = '@channel, and @mia';
  const { message } = await send({
    conversationId,
    senderId: team.owner.userId,
    caller: undefined,
    clientMessageId: randomUUID(),
    type: 'text',
    content,
    replyTo: root.id,
    mentioned: parseMentions(content),
    clearDraft: true,
  });
  expect(committed, 'before the answer').toEqual([]);
  await expect.poll(() => committed.length).toBe(8);
  const types = Map.groupBy(committed, ({ type }) => type);
  expect([...types].map(([type, { length }]) => [type, length]).sort()).toEqual([
    ['draft:updated', 1],
    ['mention:received', 2],
    ['message:receive', 1],
    ['thread:standing', 3],
    ['thread:updated', 1],
  ]);
  expect(types.get('mention:received')?.[0]?.data).toMatchObject({ messageId: message.id, threadId: root.id });
  const bare = committed.map(({ data: _, ...event }) => event);
  const read = await renderEvents(database.db, chatRenderers, bare);
  expect(committed.map(({ data }) => data)).toEqual(read.map(({ data }) => data));
});

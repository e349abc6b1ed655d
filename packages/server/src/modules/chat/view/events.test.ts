import { randomUUID } from 'node:crypto';
import { type DurableType, type EventData, events } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';
import type { Executor } from '../../../platform/database/index.ts';
import type { Renderer, StoredEvent } from '../../../platform/stream/index.ts';
import { chatRenderers } from './events.ts';
import { conversationStatesOf } from './state.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
beforeEach(async () => {
  await world.told();
});
afterAll(() => world.close());

type Rendered = keyof typeof chatRenderers & DurableType;

async function show<Type extends Rendered>(type: Type, told: readonly StoredEvent[]) {
  const render = chatRenderers[type] as unknown as (
    db: Executor,
    events: readonly StoredEvent[],
  ) => ReturnType<Renderer<Type>>;
  const shown: (EventData[Type] | null)[] = await render(world.database.db, told);
  for (const data of shown) if (data !== null) expect(events[type].data.parse(data)).toEqual(data);
  return shown;
}

const ofType = async (type: DurableType) => (await world.told()).filter((event) => event.type === type);

const open = (name: string, memberIds: string[] = []) =>
  team.member.api.conversations.create({ workspaceId: team.id, kind: 'channel', name, memberIds });

describe('conversation:joined', () => {
  it('shows each person the conversation as they see it, at the head of its stream', async () => {
    const { id } = await open('Joined', [team.admin.userId]);
    const told = await ofType('conversation:joined');
    const { seq } = await world.say(id, team.member);
    const shown = await show('conversation:joined', told);
    expect(shown).toHaveLength(2);
    for (const [at, { stream }] of told.entries()) {
      const person = [team.member, team.admin].find(({ userId }) => stream === `user:${userId}`)!;
      const state = await person.api.conversations.get({ conversationId: id });
      expect(shown[at]).toEqual({ conversation: state, asOf: seq });
      expect(state.unread).toBe(person === team.admin ? 1 : 0);
    }
  });

  it('shows nothing once the person has left or the conversation is gone', async () => {
    const { id } = await open('Left', [team.admin.userId]);
    const told = await ofType('conversation:joined');
    await team.member.api.conversations.removeMember({ conversationId: id, userId: team.admin.userId });
    const left = told.findIndex(({ stream }) => stream === `user:${team.admin.userId}`);
    const shown = await show('conversation:joined', told);
    expect(shown[left]).toBeNull();
    expect(shown[1 - left]).not.toBeNull();
    await team.member.api.conversations.delete({ conversationId: id });
    expect(await show('conversation:joined', told)).toEqual([null, null]);
  });
});

describe('conversation:updated', () => {
  it('shows the current state, however old the event', async () => {
    const { id } = await open('First');
    await team.member.api.conversations.update({ conversationId: id, name: 'Second' });
    await team.member.api.conversations.update({ conversationId: id, archived: true });
    const told = await ofType('conversation:updated');
    expect(told.map(({ effect }) => effect?.fence)).toEqual([true, true]);
    const [first, second] = await show('conversation:updated', told);
    expect(first).toMatchObject({ id, name: 'Second', version: 3 });
    expect(second).toEqual(first);
    await team.member.api.conversations.delete({ conversationId: id });
    expect(await show('conversation:updated', told)).toEqual([null, null]);
  });
});

describe('message:receive', () => {
  it('shows the messages in the requested order, and nothing for deleted ones', async () => {
    const { id } = await open('Messages');
    const said = [];
    for (const content of ['a', 'b', 'c']) said.push(await world.say(id, team.member, content));
    const told = (await ofType('message:receive')).reverse();
    await sql`delete from message where id = ${said[1]!.id}`.execute(world.database.db);
    expect(await show('message:receive', told)).toEqual([said[2], null, said[0]]);
  });
});

describe('the live state of all conversations of a person', () => {
  it('is the state of each of them', async () => {
    const { id } = await open('State', [team.guest.userId]);
    await world.say(id, team.guest);
    await team.member.api.conversations.create({
      workspaceId: team.id,
      kind: 'direct',
      memberIds: [team.owner.userId],
    });
    const states = await conversationStatesOf(world.database.db, team.member.userId);
    const { items } = await team.member.api.conversations.list({ limit: 200 });
    expect(states.map((state) => state.id)).toEqual(items.map((item) => item.id).sort());
    for (const state of states) {
      const seen = await team.member.api.conversations.get({ conversationId: state.id });
      expect(state).toEqual(seen);
    }
    expect(await conversationStatesOf(world.database.db, randomUUID())).toEqual([]);
  });

  it('takes as many queries for many conversations as for one', async () => {
    const someone = await world.join(team.id, team.owner, 'member');
    const queries = async () => {
      let count = 0;
      const db = world.database.db.withPlugin({
        transformQuery({ node }) {
          count += 1;
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      await conversationStatesOf(db, someone.userId);
      return count;
    };
    const few = await queries();
    for (let at = 0; at < 5; at += 1) await open(`Many ${at}`, [someone.userId]);
    expect(await queries()).toBe(few);
    expect(few).toBeGreaterThan(0);
  });
});

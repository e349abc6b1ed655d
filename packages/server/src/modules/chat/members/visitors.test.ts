import type { EventData } from '@atrium/protocol';
import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;
beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world?.close());

/** Adds people to the workspace and a conversation directly, without events. */
async function fill(conversationId: string, role: 'member' | 'guest', count: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with accounts as (
      insert into account (id, email, name)
      select id, id || '@example.test', 'Someone' from (select gen_random_uuid() as id from generate_series(1, ${count}::int)) new
      returning id
    ) select id from accounts
  `.execute(world.database.db);
  const ids = rows.map(({ id }) => id);
  await sql`insert into membership (workspace_id, account_id, role, joined_at)
    select ${team.id}::uuid, id, ${role}, now() from unnest(${ids}::uuid[]) id`.execute(world.database.db);
  await sql`insert into conversation_member (conversation_id, account_id, role, joined_at)
    select ${conversationId}::uuid, id, 'member', now() from unnest(${ids}::uuid[]) id`.execute(world.database.db);
  return ids;
}

/** The size of the log entries that tell guests which people they see. */
async function toldOfPeople() {
  const events = (await world.told()).filter(({ type }) => type === 'workspace:people' || type === 'workspace:joined');
  return { events, characters: JSON.stringify(events.map(({ body }) => body)).length };
}

test('the log grows with the number of people who leave plus the number of guests, not with their product', async () => {
  const { owner, guest } = team;
  const input = { workspaceId: team.id, kind: 'channel', visibility: 'private', name: 'large' } as const;
  const { id: conversationId } = await owner.api.conversations.create(input);
  const members = await fill(conversationId, 'member', 400);
  const guests = await fill(conversationId, 'guest', 50);
  await world.told();

  await owner.api.conversations.addMember({ conversationId, userId: guest.userId });
  const came = await toldOfPeople();
  expect(came.events).toHaveLength(guests.length + 1);
  expect(came.characters).toBeLessThan(200 * came.events.length);
  const asked = { stream: `user:${guest.userId}`, after: 0 } as const;
  const seen = async () => {
    const told = (await guest.api.streams.sync(asked)).events;
    const last = told.findLast(({ type }) => type === 'workspace:joined');
    const { workspace, asOf } = last!.data as EventData['workspace:joined'];
    expect(asOf).toBeNull();
    return workspace.members.map(({ user }) => user.id);
  };
  expect(await seen()).toEqual([...members, ...guests, owner.userId, guest.userId].sort());

  await owner.api.conversations.delete({ conversationId });
  const parted = await toldOfPeople();
  expect(parted.events).toHaveLength(guests.length + 1);
  expect(parted.characters).toBeLessThan(200 * parted.events.length);
  expect(await seen()).toEqual([guest.userId]);
});

test("a guest joins a channel that has just got 5,000 members, before the planner's statistics are updated", async () => {
  const { owner, guest } = team;
  const input = { workspaceId: team.id, kind: 'channel', visibility: 'private', name: 'larger' } as const;
  const { id: conversationId } = await owner.api.conversations.create(input);
  await fill(conversationId, 'member', 5_000);
  // A comparison of every member with everyone in the workspace takes 5 s; single lookups take less than 80 ms.
  const limit = (client: pg.PoolClient) => void client.query('set statement_timeout = 2500');
  world.database.pool.on('acquire', limit);
  await owner.api.conversations.addMember({ conversationId, userId: guest.userId });
  world.database.pool.off('acquire', limit);
  expect(await guest.api.conversations.get({ conversationId })).toMatchObject({ id: conversationId });
});

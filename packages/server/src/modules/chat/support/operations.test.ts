import type { ConversationCan } from '@atrium/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;
let other: Person;
let conversationId: string;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world?.close());

/** A case of a customer who has no other, in a workspace with one more staff member. */
async function begin(workspace: Team): Promise<void> {
  team = { ...workspace, customer: await world.join(workspace.id, workspace.owner, 'customer') };
  other = await world.join(team.id, team.owner, 'member');
  conversationId = (await team.customer.api.conversations.create({ workspaceId: team.id, kind: 'support' })).id;
  await world.told();
}

const stands = async () => (await team.owner.api.conversations.get({ conversationId })).support;
const types = async () => (await world.told()).map(({ type }) => type);

describe('CH-1 a support case', () => {
  let shared: Team;
  beforeAll(async () => {
    shared = await world.workspace();
  });
  beforeEach(() => begin(shared));

  it('is unassigned at first, and a customer has one open case', async () => {
    expect(await stands()).toEqual({ status: 'unassigned', customerId: team.customer.userId, assigneeId: null });
    const open = () => team.customer.api.conversations.create({ workspaceId: team.id, kind: 'support' });
    const ids = (await Promise.all([open(), open(), open()])).map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([conversationId]));
    await team.admin.api.support.close({ conversationId });
    const again = await Promise.all([open(), open(), open()]);
    expect(new Set(again.map(({ id }) => id)).size).toBe(1);
    expect(again[0]?.id).not.toBe(conversationId);
  });

  it('can be read by staff and by its customer, and by nobody else', async () => {
    const stranger = await world.join(team.id, team.owner, 'customer');
    await world.say(conversationId, team.customer, 'Help');
    expect((await team.member.api.messages.list({ conversationId })).items).toHaveLength(1);
    for (const who of [stranger, team.guest]) {
      await expect(who.api.messages.list({ conversationId })).rejects.toMatchObject({ code: 'not_found' });
      await expect(who.api.support.queue({ workspaceId: team.id })).rejects.toMatchObject({ code: 'forbidden' });
      expect((await who.api.conversations.list({ workspaceId: team.id })).items.map(({ id }) => id)).not.toContain(
        conversationId,
      );
    }
    await expect(world.say(conversationId, team.member)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is joined by taking it or by being added, not by joining', async () => {
    for (const step of ['open', 'taken', 'closed']) {
      if (step === 'taken') await team.admin.api.support.take({ conversationId });
      if (step === 'closed') await team.admin.api.support.close({ conversationId });
      await expect(team.member.api.conversations.join({ conversationId }), step).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    const { items } = await team.owner.api.conversations.members({ conversationId });
    expect(items.map(({ userId }) => userId)).not.toContain(team.member.userId);
  });

  it('is assigned to one of those who take it at once', async () => {
    const takers = [team.member, other, team.admin];
    const results = await Promise.allSettled(takers.map((who) => who.api.support.take({ conversationId })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict' });
    }
    const winner = takers[results.findIndex(({ status }) => status === 'fulfilled')]!;
    expect(await stands()).toMatchObject({ status: 'assigned', assigneeId: winner.userId });
    await world.say(conversationId, winner, 'Hello, how can I help?');
    await world.told();
    await winner.api.support.take({ conversationId });
    expect(await types()).toEqual([]);
  });

  it('can be passed on, and everyone is told', async () => {
    await team.member.api.support.take({ conversationId });
    expect(await types()).toEqual(
      expect.arrayContaining(['conversation:updated', 'conversation:joined', 'support:changed']),
    );
    await expect(other.api.support.assign({ conversationId, userId: other.userId })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await team.member.api.support.assign({ conversationId, userId: other.userId });
    expect(await stands()).toMatchObject({ status: 'assigned', assigneeId: other.userId });
    await expect(team.member.api.support.release({ conversationId })).rejects.toMatchObject({ code: 'forbidden' });
    await other.api.support.release({ conversationId });
    expect(await stands()).toMatchObject({ status: 'unassigned', assigneeId: null });
    const customer = { conversationId, userId: team.customer.userId };
    await expect(team.admin.api.support.assign(customer)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('updates the queue when it is archived, unarchived and deleted', async () => {
    const { admin } = team;
    await admin.api.support.take({ conversationId });
    const inQueue = async () => (await admin.api.support.queue({ workspaceId: team.id })).items.map(({ id }) => id);
    const queueTold = async () => (await types()).filter((type) => type === 'support:changed').length;
    await world.told();
    await admin.api.conversations.update({ conversationId, archived: true });
    expect(await inQueue()).not.toContain(conversationId);
    expect(await queueTold()).toBe(1);
    await admin.api.conversations.update({ conversationId, archived: false });
    expect(await inQueue()).toContain(conversationId);
    expect(await queueTold()).toBe(1);
    await admin.api.conversations.update({ conversationId, topic: 'Delivery' });
    expect(await queueTold()).toBe(0);
    await admin.api.conversations.delete({ conversationId });
    expect(await queueTold()).toBe(1);
  });

  it('reopens when its customer writes, assigned to the former assignee', async () => {
    await team.member.api.support.take({ conversationId });
    await team.member.api.support.close({ conversationId });
    await world.say(conversationId, team.member, 'A note');
    expect(await stands()).toMatchObject({ status: 'closed', assigneeId: team.member.userId });
    await world.told();
    const messages = Array.from({ length: 10 }, (_, at) => world.say(conversationId, team.customer, `Again ${at}`));
    expect(await Promise.all(messages)).toHaveLength(10);
    expect(await stands()).toMatchObject({ status: 'assigned', assigneeId: team.member.userId });
    const told = await types();
    expect(told.filter((type) => type === 'support:changed')).toHaveLength(1);
    expect(told.filter((type) => type === 'message:receive')).toHaveLength(10);
  });

  it('returns to the queue when the assignee leaves or is no longer staff', async () => {
    await begin(await world.workspace());
    await team.member.api.support.take({ conversationId });
    await team.member.api.workspaces.leave({ workspaceId: team.id });
    expect(await stands()).toMatchObject({ status: 'unassigned', assigneeId: null });
    await other.api.support.take({ conversationId });
    await other.api.support.close({ conversationId });
    await team.owner.api.members.update({ workspaceId: team.id, userId: other.userId, role: 'customer' });
    await expect(other.api.conversations.get({ conversationId })).rejects.toMatchObject({ code: 'not_found' });
    await world.say(conversationId, team.customer);
    expect(await stands()).toMatchObject({ status: 'unassigned', assigneeId: null });
  });

  it('is sent with what the reader may do, and members are told when that changes', async () => {
    const { member, customer, admin } = team;
    const nothing = { take: false, handOver: false, close: false, reopen: false };
    const ofCase = ({ take, handOver, close, reopen }: ConversationCan) => ({ take, handOver, close, reopen });
    const canOf = async ({ api }: Person) => {
      const { can } = await api.conversations.get({ conversationId });
      const { conversations } = await api.streams.snapshot({});
      const mine = conversations.find(({ id }) => id === conversationId);
      if (mine) expect(mine.can).toEqual(can);
      return ofCase(can);
    };
    expect(await canOf(member)).toEqual({ ...nothing, take: true });
    const [queued] = (await member.api.support.queue({ workspaceId: team.id })).items;
    expect(ofCase(queued!.can)).toEqual(await canOf(member));
    expect(await canOf(customer)).toEqual(nothing);
    expect(await canOf(admin)).toEqual({ ...nothing, take: true, handOver: true, close: true });
    const taken = await member.api.support.take({ conversationId });
    expect(ofCase(taken.can)).toEqual({ ...nothing, handOver: true, close: true });
    expect(await canOf(other)).toEqual(nothing);
    await member.api.support.close({ conversationId });
    for (const who of [member, customer, admin]) expect(await canOf(who)).toEqual({ ...nothing, reopen: true });
    const { events } = await customer.api.streams.sync({ stream: `user:${customer.userId}`, after: 0 });
    expect(events.filter(({ type }) => type === 'conversation:can').at(-1)?.data).toMatchObject({
      conversationId,
      can: { ...nothing, reopen: true },
    });
    await admin.api.conversations.update({ conversationId, archived: true });
    for (const who of [member, customer, admin]) expect(await canOf(who)).toEqual(nothing);
    const general = await member.api.conversations.get({ conversationId: team.general });
    expect(ofCase(general.can)).toEqual(nothing);
  });

  it('is read-only once archived', async () => {
    await team.owner.api.conversations.update({ conversationId, archived: true });
    const { member, customer } = team;
    await expect(member.api.support.take({ conversationId })).rejects.toMatchObject({ code: 'archived' });
    await expect(world.say(conversationId, customer)).rejects.toMatchObject({ code: 'archived' });
  });
});

describe('the queue', () => {
  it('shows the oldest first, by status and by assignee, page by page', async () => {
    await begin(await world.workspace());
    const more: string[] = [];
    for (const _ of [1, 2]) {
      const { api } = await world.join(team.id, team.owner, 'customer');
      more.push((await api.conversations.create({ workspaceId: team.id, kind: 'support' })).id);
    }
    await team.member.api.support.take({ conversationId: more[0]! });
    await team.admin.api.support.close({ conversationId: more[1]! });
    const ids = async (input: Parameters<typeof other.api.support.queue>[0]) =>
      (await other.api.support.queue(input)).items.map(({ id }) => id);
    const workspaceId = team.id;
    expect(await ids({ workspaceId })).toEqual([conversationId, more[0]]);
    expect(await ids({ workspaceId, status: 'unassigned' })).toEqual([conversationId]);
    expect(await ids({ workspaceId, status: 'closed' })).toEqual([more[1]]);
    expect(await ids({ workspaceId, assigneeId: team.member.userId })).toEqual([more[0]]);
    const first = await other.api.support.queue({ workspaceId, limit: 1 });
    expect(first.items).toMatchObject([{ id: conversationId, joined: false }]);
    expect(await ids({ workspaceId, limit: 1, cursor: first.nextCursor! })).toEqual([more[0]]);
  });
});

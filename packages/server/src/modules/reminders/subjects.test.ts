import { randomUUID } from 'node:crypto';
import type { InputOf, Reminder, reminders } from '@atrium/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '../timers/test/office.ts';
import { sweepAt } from './test/held-clock.ts';

const at = '2027-03-01T10:00:00.000Z';

let office: Office;
beforeEach(async () => {
  office = await openOffice({}, { background: false });
});
afterEach(() => office.close());

const create = (input: Partial<InputOf<typeof reminders.create>> = {}, who = office.ben): Promise<Reminder> =>
  who.call('reminders.create', { message: 'Water the plants', scheduledAt: at, ...input });
const get = (reminderId: string, who = office.ben) => who.call('reminders.get', { reminderId });
const told = async (who = office.ben) =>
  (await who.call('notifications.list', { type: 'reminder' })).items.map(({ body, title }) => `${title}: ${body}`);
const states = async (id: string) =>
  (
    await office.app.database.pool.query<{ state: string; occurrence: string }>(
      'select state, occurrence from delivery where subject = $1 order by occurrence',
      [id],
    )
  ).rows.map(({ occurrence, state }) => `${occurrence} ${state}`);

describe('about a task', () => {
  const dueAt = '2027-03-29T07:00:00.000Z';

  it('moves with the due date, and is sent once', async () => {
    const { ann, ben } = office;
    await ben.call('users.updateMe', { timezone: 'Europe/Berlin' });
    const taskId = await office.task();
    await ann.call('tasks.update', { taskId, dueAt });
    const { id } = await create({ taskId, before: 'P1D', scheduledAt: undefined, message: '' });
    expect(await get(id)).toMatchObject({ scheduledAt: '2027-03-28T07:00:00.000Z', before: 'P1D' });
    await ann.call('tasks.update', { taskId, dueAt: '2027-03-31T07:00:00Z' });
    expect(await get(id)).toMatchObject({ scheduledAt: '2027-03-30T07:00:00.000Z' });
    expect(await sweepAt(office, '2027-03-29T07:00:00Z')).not.toContain('reminder 2027-03-28T07:00:00.000Z');
    await sweepAt(office, '2027-03-30T07:00:01Z');
    expect(await told()).toEqual(['Reminder: Paint the fence']);
    await ann.call('tasks.update', { taskId, dueAt: null });
    expect(await get(id)).toMatchObject({ scheduledAt: null, status: 'open' });
    expect((await ben.call('reminders.list', {})).items).toHaveLength(1);
  });

  it('can exist several times, visible to each person with the task', async () => {
    const { ann, ben } = office;
    const taskId = await office.task();
    for (const each of [at, '2027-03-02T10:00:00Z', '2027-03-03T10:00:00Z'])
      await create({ taskId, scheduledAt: each });
    await create({ taskId }, ann);
    const first = await ben.call('reminders.ofTask', { taskId, limit: 2 });
    const rest = await ben.call('reminders.ofTask', { taskId, limit: 2, cursor: first.nextCursor! });
    expect([...first.items, ...rest.items].map(({ scheduledAt }) => scheduledAt?.slice(0, 10))).toEqual([
      '2027-03-03',
      '2027-03-02',
      '2027-03-01',
    ]);
  });

  it('is withdrawn when the task is completed, and planned again when it is reopened', async () => {
    const { ann } = office;
    const taskId = await office.task();
    const { id } = await create({ taskId });
    await ann.call('tasks.update', { taskId, status: 'completed' });
    expect(await get(id)).toMatchObject({ status: 'withdrawn', reason: 'task_completed' });
    await expect(create({ taskId })).rejects.toThrow('completed');
    expect(await states(id)).toEqual([`${at} withdrawn`]);
    await ann.call('tasks.update', { taskId, status: 'todo' });
    expect(await get(id)).toMatchObject({ status: 'open', reason: null });
    expect(await states(id)).toEqual([`${at} planned`]);
  });

  it('is trashed, restored and deleted together with it', async () => {
    const { ann, app } = office;
    const taskId = await office.task();
    const { id } = await create({ taskId });
    await ann.call('tasks.delete', { taskId });
    expect(await get(id)).toMatchObject({ status: 'withdrawn', reason: 'task_deleted' });
    await ann.call('tasks.restore', { taskId });
    expect(await states(id)).toEqual([`${at} planned`]);
    await app.app.transact({ actorId: null }, (work) => work.tell('task:removing', { taskIds: [taskId] }));
    await expect(get(id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await states(id)).toEqual([`${at} withdrawn`]);
  });

  it('before its due date is copied to the next occurrence', async () => {
    const { ann, ben } = office;
    const taskId = await office.task();
    await ann.call('tasks.update', { taskId, dueAt, recurrence: { rule: 'FREQ=WEEKLY', timeZone: 'Europe/Berlin' } });
    await create({ taskId, before: 'PT1H', scheduledAt: undefined });
    await create({ taskId });
    await ann.call('tasks.update', { taskId, status: 'completed' });
    expect((await ben.call('reminders.list', {})).items).toMatchObject([
      { before: 'PT1H', scheduledAt: '2027-04-05T06:00:00.000Z', status: 'open' },
    ]);
  });

  it('is not sent to a person who no longer sees the task', async () => {
    const { ann } = office;
    const taskId = await office.task('Paint the fence', { memberIds: [] });
    const { id } = await create({ taskId });
    await ann.call('tasks.update', { taskId, visibility: 'members' });
    expect(await sweepAt(office, '2027-03-01T10:00:01Z')).toEqual([]);
    expect(await told()).toEqual([]);
    expect(await get(id)).toMatchObject({ status: 'withdrawn', reason: 'no_access' });
  });

  it('is deleted when the person leaves the workspace', async () => {
    const { ann, ben, workspaceId } = office;
    const { id } = await create({ taskId: await office.task() });
    await ann.call('members.remove', { workspaceId, userId: ben.userId });
    await expect(get(id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await states(id)).toEqual([`${at} withdrawn`]);
  });
});

describe('about a message, and in a conversation', () => {
  async function channel(visibility: 'public' | 'private' = 'private') {
    const { ann, ben, workspaceId } = office;
    const made = { workspaceId, kind: 'channel' as const, name: 'Plans', visibility, memberIds: [ben.userId] };
    const { id: conversationId } = await ann.call('conversations.create', made);
    const said = { conversationId, content: 'Look at this', clientMessageId: randomUUID() };
    const { message } = await ann.call('messages.send', said);
    return { conversationId, messageId: message.id };
  }

  it('links to the message, while it exists', async () => {
    const { ann, ben } = office;
    const { conversationId, messageId } = await channel();
    await create({ messageId, message: '' });
    await create({ messageId, scheduledAt: '2027-03-01T11:00:00Z' });
    await sweepAt(office, '2027-03-01T10:00:01Z');
    await ann.call('messages.delete', { messageId });
    await sweepAt(office, '2027-03-01T11:00:01Z');
    const { items } = await ben.call('notifications.list', { type: 'reminder' });
    expect(items).toMatchObject([
      { body: 'Water the plants', link: '/reminders' },
      { body: 'You wanted to come back to a message.', link: expect.stringContaining(`/c/${conversationId}?at=`) },
    ]);
    await expect(create({ messageId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    ['private', 0],
    ['public', 1],
  ] as const)('of a %s channel that the person leaves: %i left', async (visibility, left) => {
    const { ann, ben } = office;
    const { conversationId, messageId } = await channel(visibility);
    await create({ messageId });
    await create({ conversationId });
    await ann.call('conversations.removeMember', { conversationId, userId: ben.userId });
    expect((await ben.call('reminders.list', {})).items).toHaveLength(left);
    await ann.call('conversations.delete', { conversationId });
    expect((await ben.call('reminders.list', {})).items).toHaveLength(0);
  });

  it('is posted once, in the name of its creator', async () => {
    const { ann, ben } = office;
    const { conversationId } = await channel();
    const { id } = await create({ conversationId, message: 'Stand-up', recurrence: 'FREQ=DAILY' });
    await sweepAt(office, '2027-03-01T10:00:01Z');
    const { items } = await ann.call('messages.list', { conversationId });
    expect(items.at(-1)).toMatchObject({ content: 'Reminder: Stand-up', senderId: ben.userId });
    expect(await states(id)).toEqual([`${at} sent`, expect.stringMatching(/ planned$/)]);
  });

  it('is not posted if its creator may no longer write there', async () => {
    const { ann } = office;
    const { conversationId } = await channel();
    const { id } = await create({ conversationId });
    await ann.call('conversations.update', { conversationId, archived: true });
    await sweepAt(office, '2027-03-01T10:00:01Z');
    expect(await get(id)).toMatchObject({ status: 'withdrawn', reason: 'no_access' });
  });
});

describe('for another person', () => {
  it('is sent in the name of its creator, who can change it but not complete it', async () => {
    const { ann, ben } = office;
    const { id } = await create({ userId: ben.userId }, ann);
    await expect(ann.call('reminders.complete', { reminderId: id })).rejects.toMatchObject({ code: 'forbidden' });
    await ann.call('reminders.update', { reminderId: id, message: 'Call me' });
    await sweepAt(office, '2027-03-01T10:00:01Z');
    expect(await told()).toEqual(['Reminder from Ann: Call me']);
    expect(await told(ann)).toEqual([]);
    expect((await ann.call('reminders.list', {})).items).toHaveLength(1);
    await ben.call('reminders.delete', { reminderId: id });
    expect((await ann.call('reminders.list', {})).items).toHaveLength(0);
  });

  it('is refused for strangers, and not sent once they no longer see each other', async () => {
    const { ann, app, ben, workspaceId } = office;
    const dan = await app.person('Dan');
    await expect(create({ userId: dan.userId })).rejects.toMatchObject({ code: 'not_found' });
    const { id } = await create({ userId: ben.userId }, ann);
    await ann.call('members.remove', { workspaceId, userId: ben.userId });
    await sweepAt(office, '2027-03-01T10:00:01Z');
    expect(await get(id)).toMatchObject({ status: 'withdrawn', reason: 'no_access' });
  });

  it('is limited', async () => {
    const { ann, ben } = office;
    for (let made = 0; made < 100; made += 1) await create({ userId: ben.userId }, ann);
    await expect(create({ userId: ben.userId }, ann)).rejects.toMatchObject({ code: 'conflict' });
    await create();
  });
});

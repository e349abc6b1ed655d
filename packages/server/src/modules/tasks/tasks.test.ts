import { randomUUID } from 'node:crypto';
import { sizes, type TaskAnswer } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../test/world.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld({ APP_URL: 'https://atrium.example' });
  team = await world.workspace();
  await sql`update account set username = 'mia' where id = ${team.member.userId}`.execute(world.database.db);
});
afterAll(() => world.close());

const code = (wanted: string) => expect.objectContaining({ code: wanted });
type Fields = Partial<Parameters<Person['api']['tasks']['create']>[0]>;
const make = (fields: Fields = {}, person: Person = team.owner): Promise<TaskAnswer> =>
  person.api.tasks.create({ workspaceId: team.id, title: 'Paint the fence', ...fields });
const get = (taskId: string, person: Person = team.owner) => person.api.tasks.get({ taskId });

describe('creating a task', () => {
  it('uses the personal workspace unless another is given', async () => {
    const app = await team.owner.api.workspaces.list({});
    expect(app.items.map(({ personal }) => personal)).not.toContain(true);
    // These people have no personal workspace.
    await expect(team.owner.api.tasks.create({ title: 'Mow the lawn' })).rejects.toEqual(code('not_found'));
  });

  it('returns everyone whom the caller sees, and what they may do', async () => {
    const task = await make({ memberIds: [team.member.userId] });
    expect(task).toMatchObject({ priority: 'medium', status: 'todo', visibility: 'workspace', version: 1 });
    expect(task.people.map(({ id }) => id).sort()).toEqual([team.owner.userId, team.member.userId].sort());
    expect(task.can).toMatchObject({ update: true, delete: true, leave: true, join: false });
    expect((await get(task.id, team.admin)).can).toMatchObject({ update: true, delete: true, join: true });
    expect((await get(task.id, team.member)).can).toMatchObject({ update: true, delete: false, comment: true });
  });

  it.each([
    ['a year that no calendar has', { dueAt: '+275760-09-13T00:00:00Z' }],
    ['a year that is too late', { dueOn: '2201-01-01' }],
    ['two due dates', { dueAt: '2027-01-01T00:00:00Z', dueOn: '2027-01-01' }],
    ['an unknown zone', { dueOn: '2027-01-01', recurrence: { rule: 'FREQ=DAILY', timeZone: 'Mars/Olympus' } }],
    ['a rule that never occurs', { dueOn: '2027-01-01', recurrence: { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' } }],
    ['a rule that occurs each second', { dueOn: '2027-01-01', recurrence: { rule: 'FREQ=SECONDLY' } }],
    ['a rule without a due date', { recurrence: { rule: 'FREQ=DAILY' } }],
    ['101 members', { memberIds: Array.from({ length: 101 }, () => randomUUID()) }],
    ['a link that is no web address', { link: 'javascript:alert(1)' }],
    ['a parent that does not exist', { parentId: randomUUID() }],
    ['a label of nowhere', { labelIds: [randomUUID()] }],
  ])('refuses %s and leaves no trace', async (_, fields) => {
    const before = await sql<{ n: number }>`select count(*) as n from task`.execute(world.database.db);
    await expect(make(fields)).rejects.toEqual(code('invalid_input'));
    const after = await sql<{ n: number }>`select count(*) as n from task`.execute(world.database.db);
    expect(after.rows).toEqual(before.rows);
  });
});

describe('changing a task', () => {
  it('F41 with the same version, accepts one of two editors and returns the current state to the other', async () => {
    const { id: taskId, version } = await make({ memberIds: [team.member.userId] });
    const attempts = await Promise.allSettled([
      team.owner.api.tasks.update({ taskId, version, title: 'By the owner', comment: 'Mine' }),
      team.member.api.tasks.update({ taskId, version, status: 'in-progress', comment: 'Mine too' }),
    ]);
    const refused = attempts.filter((attempt) => attempt.status === 'rejected');
    expect(refused).toHaveLength(1);
    const now = await get(taskId);
    expect(refused[0]?.reason).toMatchObject({
      code: 'version_conflict',
      details: { current: { id: taskId, version: now.version, title: now.title, status: now.status } },
    });
    // The comment of the refused change is not stored either.
    expect((await team.owner.api.taskComments.list({ taskId })).items).toHaveLength(1);
    expect(now).toMatchObject({ version: version + 1, commentCount: 1 });
  });

  it('F41 without the version, accepts both editors, and the later one overwrites', async () => {
    const { id: taskId, version } = await make({ memberIds: [team.member.userId] });
    const done = await Promise.all([
      team.owner.api.tasks.update({ taskId, title: 'By the owner' }),
      team.member.api.tasks.update({ taskId, title: 'By the member' }),
    ]);
    expect(done.map(({ title }) => title)).toEqual(['By the owner', 'By the member']);
    expect((await get(taskId)).version).toBe(version + 2);
  });

  it('loses no field when different ones are changed at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id: taskId } = await make({ memberIds: [team.member.userId] });
      await Promise.all([
        team.owner.api.tasks.update({ taskId, title: 'Paint it red' }),
        team.member.api.tasks.update({ taskId, priority: 'high' }),
        team.admin.api.tasks.update({ taskId, dueOn: '2027-01-31' }),
        team.member.api.tasks.update({ taskId, category: 'garden' }),
      ]);
      const now = await get(taskId);
      expect(now).toMatchObject({ title: 'Paint it red', priority: 'high', dueOn: '2027-01-31', category: 'garden' });
      expect(now.version).toBe(5);
    }
  });

  it('keeps a due day unchanged when it is read and written back', async () => {
    const { id: taskId } = await make({ dueOn: '2026-08-09' });
    for (const timezone of ['Pacific/Kiritimati', 'Pacific/Honolulu', 'Etc/GMT+12', 'Etc/GMT-12', 'UTC']) {
      await team.owner.api.users.updateMe({ timezone });
      const { dueOn } = await get(taskId);
      await team.owner.api.tasks.update({ taskId, dueOn });
    }
    await team.owner.api.users.updateMe({ timezone: 'UTC' });
    expect((await get(taskId)).dueOn).toBe('2026-08-09');
  });

  it('records who changed what, from which value to which', async () => {
    const { id: taskId } = await make();
    await team.admin.api.tasks.update({ taskId, status: 'in-progress', dueAt: '2027-01-01T09:00:00Z' });
    const { items } = await team.owner.api.tasks.activity({ taskId });
    expect(items.map(({ field, from, to, actorId }) => ({ field, from, to, actorId })).reverse()).toEqual([
      { field: 'created', from: null, to: 'Paint the fence', actorId: team.owner.userId },
      { field: 'status', from: 'todo', to: 'in-progress', actorId: team.admin.userId },
      { field: 'dueAt', from: null, to: '2027-01-01T09:00:00.000Z', actorId: team.admin.userId },
    ]);
  });

  it('emits nothing for a change that changes nothing', async () => {
    const { id: taskId, version } = await make();
    await world.told();
    await team.owner.api.tasks.update({ taskId, title: 'Paint the fence', status: 'todo' });
    expect(await world.told()).toEqual([]);
    expect((await get(taskId)).version).toBe(version);
  });
});

describe('sub-tasks', () => {
  it('are counted by their parent, one level deep', async () => {
    const parent = await make();
    const child = await make({ parentId: parent.id });
    await make({ parentId: parent.id });
    await team.owner.api.tasks.update({ taskId: child.id, status: 'completed' });
    expect((await get(parent.id)).subtasks).toEqual({ done: 1, total: 2 });
    await expect(make({ parentId: child.id })).rejects.toEqual(code('conflict'));
    const self = { taskId: parent.id, parentId: parent.id };
    await expect(team.owner.api.tasks.update(self)).rejects.toEqual(code('conflict'));
    const other = await make();
    const under = { taskId: parent.id, parentId: other.id };
    await expect(team.owner.api.tasks.update(under)).rejects.toEqual(code('conflict'));
  });

  it('are counted once, however often they are moved there', async () => {
    const [parent, child] = [await make(), await make()];
    const under = { taskId: child.id, parentId: parent.id };
    await Promise.all([1, 2, 3].map(() => team.owner.api.tasks.update(under)));
    expect((await get(parent.id)).subtasks.total).toBe(1);
    expect((await team.owner.api.tasks.list({ parentId: parent.id })).items.map(({ id }) => id)).toEqual([child.id]);
  });

  it('never contain each other, whichever call comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = [await make(), await make()];
      const attempts = await Promise.allSettled([
        team.owner.api.tasks.update({ taskId: one.id, parentId: other.id }),
        team.admin.api.tasks.update({ taskId: other.id, parentId: one.id }),
      ]);
      expect(attempts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const parents = [(await get(one.id)).parentId, (await get(other.id)).parentId];
      expect(parents.filter((id) => id !== null)).toHaveLength(1);
    }
  });
});

describe('members', () => {
  it('are the only ones who see a private task, by every operation', async () => {
    const { id: taskId } = await make({ visibility: 'members', memberIds: [team.member.userId] });
    for (const person of [team.admin, team.guest, team.customer, await world.person()]) {
      await expect(get(taskId, person)).rejects.toEqual(code('not_found'));
      const { items } = await person.api.tasks.list({ scope: 'visible' });
      expect(items.map(({ id }) => id)).not.toContain(taskId);
      const page = await person.api.streams.sync({ stream: `task:${taskId}`, after: 0 });
      expect(page).toMatchObject({ events: [], reset: [`task:${taskId}`] });
    }
  });

  it('are removed with their workspace membership, and their tasks get other owners', async () => {
    const leaver = await world.join(team.id, team.owner, 'member');
    const alone = await make({ visibility: 'members' }, leaver);
    const shared = await make({ visibility: 'members', memberIds: [team.member.userId] }, leaver);
    await team.owner.api.members.remove({ workspaceId: team.id, userId: leaver.userId });
    expect((await get(shared.id, team.member)).ownerId).toBe(team.member.userId);
    expect((await get(shared.id, team.member)).can.delete).toBe(true);
    const { rows } = await sql`select from task where id = ${alone.id}`.execute(world.database.db);
    expect(rows).toEqual([]);
    await expect(get(shared.id, leaver)).rejects.toEqual(code('not_found'));
  });

  it('are one customer, or guests', async () => {
    const { id: taskId } = await make({ memberIds: [team.customer.userId] });
    const add = (userId: string) => team.owner.api.tasks.addMember({ taskId, userId });
    await expect(add(team.guest.userId)).rejects.toEqual(code('invalid_input'));
    await expect(add(team.customer.userId)).rejects.toEqual(code('already_member'));
    expect((await get(taskId, team.customer)).can).toMatchObject({ update: false, comment: true });
    expect((await get(taskId, team.customer)).people.map(({ id }) => id)).toContain(team.owner.userId);
    await expect(team.customer.api.tasks.update({ taskId, title: 'Mine' })).rejects.toEqual(code('forbidden'));
  });

  it('cannot leave a task that nobody would see', async () => {
    const { id: taskId } = await make({ visibility: 'members' });
    const leave = team.owner.api.tasks.removeMember({ taskId, userId: team.owner.userId });
    await expect(leave).rejects.toEqual(code('conflict'));
  });

  it('are needed for a task that only they see', async () => {
    const { id: taskId } = await make({});
    await team.owner.api.tasks.removeMember({ taskId, userId: team.owner.userId });
    const hide = () => team.owner.api.tasks.update({ taskId, visibility: 'members' });
    await expect(hide()).rejects.toEqual(code('conflict'));
    expect((await get(taskId, team.member)).visibility).toBe('workspace');
    await team.owner.api.tasks.addMember({ taskId, userId: team.member.userId });
    await hide();
    await expect(get(taskId)).rejects.toEqual(code('not_found'));
  });
});

describe('comments', () => {
  it('mention members, who are notified', async () => {
    const { id: taskId } = await make({ memberIds: [team.member.userId] });
    await world.told();
    const comment = await team.owner.api.taskComments.add({ taskId, content: 'Red, @mia? Not @nobody.' });
    expect(comment.mentions).toEqual([team.member.userId]);
    const told = await world.told();
    expect(told.filter(({ type }) => type === 'task:mentioned').map(({ stream }) => stream)).toEqual([
      `user:${team.member.userId}`,
    ]);
    expect((await get(taskId)).commentCount).toBe(1);
    await team.owner.api.taskComments.delete({ taskId, commentId: comment.id });
    expect((await get(taskId)).commentCount).toBe(0);
  });
});

describe('the trash', () => {
  it('keeps a task with its sub-tasks until it is restored', async () => {
    const parent = await make();
    const child = await make({ parentId: parent.id });
    await team.owner.api.tasks.delete({ taskId: parent.id });
    await expect(get(child.id)).rejects.toEqual(code('not_found'));
    const listed = (await team.owner.api.tasks.list({ scope: 'trash', workspaceId: team.id })).items;
    expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining([parent.id, child.id]));
    await team.owner.api.tasks.restore({ taskId: parent.id });
    expect((await get(parent.id)).subtasks.total).toBe(1);
    expect((await get(child.id)).deletedAt).toBeNull();
  });
});

describe('labels', () => {
  it('are sent to new members, also if there are none yet', async () => {
    const { id: workspaceId } = await team.owner.api.workspaces.create({ name: 'Shed' });
    const { code: joinCode } = await team.owner.api.workspaces.rotateJoinCode({ workspaceId });
    const newcomer = await world.person();
    await world.told();
    await newcomer.api.workspaces.join({ code: joinCode });
    const told = (await world.told()).filter(({ type }) => type === 'label:all');
    expect(told.map(({ stream }) => stream)).toEqual([`user:${newcomer.userId}`]);
  });

  it('have unique names, ignoring case, and are removed from tasks when they are deleted', async () => {
    const { id: labelId } = await team.owner.api.labels.create({ workspaceId: team.id, name: 'Garden' });
    const again = team.member.api.labels.create({ workspaceId: team.id, name: 'GARDEN' });
    await expect(again).rejects.toEqual(code('conflict'));
    const { id: taskId } = await make({ labelIds: [labelId] });
    expect((await team.owner.api.tasks.list({ labelId })).items.map(({ id }) => id)).toEqual([taskId]);
    await team.owner.api.labels.delete({ workspaceId: team.id, labelId });
    expect((await get(taskId)).labelIds).toEqual([]);
  });
});

describe('several tasks at once', () => {
  it('get one result each', async () => {
    const [one, other] = [await make(), await make()];
    const taskIds = [one.id, randomUUID(), other.id];
    const complete = await team.owner.api.tasks.bulk({ taskIds, action: { type: 'complete' } });
    expect(complete.items.map(({ ok, code: why }) => [ok, why])).toEqual([
      [true, null],
      [false, 'not_found'],
      [true, null],
    ]);
    expect((await get(other.id)).status).toBe('completed');
    const userId = team.member.userId;
    await team.owner.api.tasks.bulk({ taskIds: [one.id, other.id], action: { type: 'assign', userId } });
    const again = await team.owner.api.tasks.bulk({ taskIds: [one.id], action: { type: 'assign', userId } });
    expect(again.items).toEqual([{ taskId: one.id, ok: true, code: null, detail: null }]);
    const gone = await team.member.api.tasks.bulk({ taskIds: [one.id], action: { type: 'delete' } });
    expect(gone.items[0]).toMatchObject({ ok: false, code: 'forbidden' });
    const tooMany = Array.from({ length: sizes.bulk + 1 }, () => randomUUID());
    await expect(team.owner.api.tasks.bulk({ taskIds: tooMany, action: { type: 'complete' } })).rejects.toEqual(
      code('invalid_input'),
    );
  });

  it('stay together when they are moved', async () => {
    const made = await Promise.all([make(), make(), make()]);
    const taskIds = made.map(({ id }) => id).sort();
    const action = { type: 'move', status: 'in-progress', afterId: null } as const;
    await team.owner.api.tasks.bulk({ taskIds, action });
    const input = { workspaceId: team.id, scope: 'visible', status: 'in-progress', sort: 'manual' } as const;
    const { items } = await team.owner.api.tasks.list({ ...input, limit: 3 });
    expect(items.map(({ id }) => id)).toEqual(taskIds);
  });
});

describe('tasks and messages', () => {
  beforeEach(() => world.told());

  it('refer to each other', async () => {
    const message = await world.say(team.general, team.member, 'We should paint the fence.\nSoon!');
    const task = await team.member.api.tasks.fromMessage({ messageId: message.id });
    expect(task).toMatchObject({
      title: 'We should paint the fence. Soon!',
      source: { conversationId: team.general, messageId: message.id },
      workspaceId: team.id,
    });
    const told = (await world.told()).find(({ type }) => type === 'message:task');
    expect(told).toMatchObject({ stream: `conversation:${team.general}`, body: { taskId: task.id } });
    const cards = await team.owner.api.tasks.ofMessages({ conversationId: team.general, messageIds: [message.id] });
    expect(cards.items).toEqual([{ messageId: message.id, card: expect.objectContaining({ taskId: task.id }) }]);
  });

  it('show the latest occurrence of a recurring task', async () => {
    const message = await world.say(team.general, team.member, 'Water the plants every day');
    const task = await team.member.api.tasks.fromMessage({
      messageId: message.id,
      dueOn: '2027-01-31',
      recurrence: { rule: 'FREQ=DAILY' },
    });
    await team.member.api.tasks.update({ taskId: task.id, status: 'completed' });
    const cards = await team.owner.api.tasks.ofMessages({ conversationId: team.general, messageIds: [message.id] });
    expect(cards.items).toEqual([{ messageId: message.id, card: expect.objectContaining({ dueOn: '2027-02-01' }) }]);
  });

  it('show a card only to people who see the task', async () => {
    const secret = await make({ visibility: 'members', title: 'Buy a present' });
    const message = await world.say(team.general, team.owner, `Look: https://atrium.example/tasks/${secret.id}`);
    const input = { conversationId: team.general, messageIds: [message.id] };
    expect((await team.owner.api.tasks.ofMessages(input)).items[0]?.card).toMatchObject({
      title: 'Buy a present',
      runningCount: 0,
      totalMs: 0,
    });
    expect((await team.member.api.tasks.ofMessages(input)).items).toEqual([]);
    await team.owner.api.timers.start({ taskId: secret.id });
    const cardNow = async () => (await team.owner.api.tasks.ofMessages(input)).items[0]?.card;
    await expect.poll(async () => (await cardNow())?.totalMs).toBeGreaterThan(0);
    const card = await cardNow();
    const { totalElapsedMs } = await team.owner.api.timers.total({ taskId: secret.id });
    expect(card?.runningCount).toBe(1);
    expect(card?.totalMs).toBeLessThanOrEqual(totalElapsedMs);
  });

  it('are created by /task, which says what it understood', async () => {
    const text = '/task Buy nails 2027-01-31 17:00 !high #shopping @mia';
    const input = { conversationId: team.general, text, clientMessageId: randomUUID() };
    const { notice } = await team.owner.api.commands.run(input);
    expect(notice).toBe('Created "Buy nails" · due Sun, 31 Jan 2027, 17:00 (UTC) · high priority · #shopping · @mia.');
    expect((await team.owner.api.commands.run(input)).notice).toBe(notice);
    const { items } = await team.member.api.tasks.list({ category: 'shopping' });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ title: 'Buy nails', dueAt: '2027-01-31T17:00:00.000Z', priority: 'high' });
    const unknown = { ...input, text: '/task Buy nails @nobody', clientMessageId: randomUUID() };
    await expect(team.owner.api.commands.run(unknown)).rejects.toEqual(code('invalid_input'));
  });
});

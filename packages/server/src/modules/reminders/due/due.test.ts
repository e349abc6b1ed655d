import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Office, openOffice } from '../../timers/test/office.ts';
import { sweepAt } from '../test/held-clock.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice({}, { background: false });
});
afterEach(() => office.close());

const told = async (who = office.ben) =>
  (await who.call('notifications.list', {})).items
    .filter(({ type }) => type === 'upcoming' || type === 'overdue')
    .map(({ title, body }) => `${title}: ${body}`);

/** A task of Ann with Ben that is due on 1 March 2027 at an hour in UTC. */
async function dueAt(hour: string): Promise<string> {
  const taskId = await office.task();
  await office.ann.call('tasks.update', { taskId, dueAt: `2027-03-01T${hour}:00Z` });
  return taskId;
}
const at = async (time: string) =>
  (await sweepAt(office, `2027-03-01T${time}Z`)).filter((sent) => !sent.startsWith('notification'));
const dueSoon = (sent: readonly string[]) => sent.filter((each) => each.startsWith('task_due_soon'));

it('announces a task to each member once, an hour before it is due, and when it is overdue', async () => {
  await dueAt('15:00');
  expect(dueSoon(await at('13:59:59'))).toEqual([]);
  expect(dueSoon(await at('14:00:01'))).toHaveLength(2);
  expect(dueSoon(await at('14:00:02'))).toEqual([]);
  await at('15:00:01');
  const expected = [
    'Task overdue: Paint the fence: it was due Mon, 1 Mar 2027, 15:00 (UTC)',
    'Task due soon: Paint the fence: due Mon, 1 Mar 2027, 15:00 (UTC)',
  ];
  expect(await told()).toEqual(expected);
  expect(await told(office.ann)).toEqual(expected);
});

it('announces a task once at 15:00 that is moved from 15:00 to 16:00 at 14:30', async () => {
  const taskId = await dueAt('15:00');
  await at('14:30:00');
  await office.ann.call('tasks.update', { taskId, dueAt: '2027-03-01T16:00:00Z' });
  expect(await at('14:59:59')).toEqual([]);
  expect(await at('15:00:01')).toEqual(Array(2).fill('task_due_soon 2027-03-01T16:00:00.000Z'));
  expect(await at('15:59:59')).toEqual([]);
});

it('does not announce a due date again that is restored', async () => {
  const taskId = await dueAt('15:00');
  await at('14:00:01');
  await office.ann.call('tasks.update', { taskId, dueAt: '2027-03-02T15:00:00Z' });
  await office.ann.call('tasks.update', { taskId, dueAt: '2027-03-01T15:00:00Z' });
  expect(dueSoon(await at('14:30:00'))).toEqual([]);
});

it.each([
  ['completed', (taskId: string) => office.ann.call('tasks.update', { taskId, status: 'completed' })],
  ['deleted', (taskId: string) => office.ann.call('tasks.delete', { taskId })],
  ['without a due date', (taskId: string) => office.ann.call('tasks.update', { taskId, dueAt: null })],
  ['due on a day', (taskId: string) => office.ann.call('tasks.update', { taskId, dueAt: null, dueOn: '2027-03-01' })],
] as const)('announces nothing of a task that is %s by then', async (_, change) => {
  await change(await dueAt('15:00'));
  expect((await at('15:00:01')).filter((sent) => !sent.startsWith('task_digest'))).toEqual([]);
});

it('announces a task that is reopened or restored', async () => {
  const taskId = await dueAt('15:00');
  await office.ann.call('tasks.update', { taskId, status: 'completed' });
  await office.ann.call('tasks.update', { taskId, status: 'todo' });
  await office.ann.call('tasks.delete', { taskId });
  await office.ann.call('tasks.restore', { taskId });
  expect(dueSoon(await at('14:00:01'))).toHaveLength(2);
});

it('depends on membership and preferences', async () => {
  const { ann, ben, gus } = office;
  const taskId = await dueAt('15:00');
  await ann.call('tasks.addMember', { taskId, userId: gus.userId });
  await ann.call('tasks.removeMember', { taskId, userId: ann.userId }).catch(() => undefined);
  await ben.call('notifications.updatePreferences', {
    channels: { upcoming: { app: false, mail: false, push: false } },
  });
  await at('14:00:01');
  expect(await told(gus)).toHaveLength(1);
  expect(await told(ben)).toEqual([]);
  expect(await told(ann)).toEqual([]);
  // The morning mail is among the reasons as well.
  const { items } = await ben.call('notifications.decisions', {});
  expect(items.map(({ cause }) => cause)).toContain('task_due_soon');
});

it('announces nothing for an hour that was over before the server was back', async () => {
  await dueAt('15:00');
  expect(dueSoon(await at('15:30:00'))).toEqual([]);
  expect(await told()).toHaveLength(1);
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Person } from '../../../../test/app.ts';
import { recordSocket, type SocketRecorder } from '../../../../test/socket.ts';
import { type Office, openOffice } from '../test/office.ts';

let office: Office;
let url: string;
beforeAll(async () => {
  office = await openOffice();
  url = await office.app.listen();
});
afterAll(() => office.close());

async function listen(person: Person): Promise<SocketRecorder> {
  const recorder = await recordSocket(url, person.accessToken);
  onTestFinished(() => recorder.close());
  return recorder;
}

const ticksOf = ({ heard }: SocketRecorder, taskId: string) =>
  heard.filter(({ type, data }) => type === 'timer:tick' && data.taskId === taskId);

test('people who watch a task get a tick each second, and others get none', async () => {
  const { ann, ben } = office;
  const taskId = await office.task();
  const [joined, other] = [await listen(ben), await listen(ann)];
  await joined.call('timers.join', { taskId });
  await ann.call('timers.start', { taskId });
  await joined.until(() => ticksOf(joined, taskId).filter(({ data }) => data.activeCount === 1).length >= 3);
  const totals = ticksOf(joined, taskId).map(({ data }) => Number(data.totalElapsedMs));
  expect([...totals].sort((one, next) => one - next)).toEqual(totals);
  expect(ticksOf(other, taskId)).toEqual([]);
  await ann.call('timers.stop', { taskId });
  await joined.until(() => ticksOf(joined, taskId).at(-1)?.data.activeCount === 0);
  const count = ticksOf(joined, taskId).length;
  await sleep(1_500);
  expect(ticksOf(joined, taskId)).toHaveLength(count);
});

test('ticks end when a person leaves, or may no longer see the task', async () => {
  const { ann, ben } = office;
  const taskId = await office.task('Secret', { memberIds: [ben.userId] });
  await ann.call('timers.start', { taskId });
  const [leaving, removed] = [await listen(ann), await listen(ben)];
  for (const recorder of [leaving, removed]) {
    await recorder.call('timers.join', { taskId });
    await recorder.until(() => ticksOf(recorder, taskId).length > 0);
  }
  await leaving.call('timers.leave', { taskId });
  await ann.call('tasks.update', { taskId, visibility: 'members' });
  await ann.call('tasks.removeMember', { taskId, userId: ben.userId });
  await removed.until((heard) => heard.some(({ type }) => type === 'task:left'));
  const counts = [leaving, removed].map((recorder) => ticksOf(recorder, taskId).length);
  await sleep(2_200);
  expect([leaving, removed].map((recorder) => ticksOf(recorder, taskId).length)).toEqual(counts);
});

test('people who see a task of the workspace may watch it without being members, until it is hidden', async () => {
  const { ann, ben } = office;
  const taskId = await office.task('Open to all', { memberIds: [] });
  await ann.call('timers.start', { taskId });
  const watching = await listen(ben);
  await watching.call('timers.join', { taskId });
  await watching.until(() => ticksOf(watching, taskId).length > 1);
  expect(watching.heard.filter(({ meta }) => meta?.stream === `task:${taskId}`)).toEqual([]);
  await ann.call('tasks.update', { taskId, visibility: 'members' });
  await sleep(1_200);
  const count = ticksOf(watching, taskId).length;
  await sleep(2_200);
  expect(ticksOf(watching, taskId)).toHaveLength(count);
});

test('over REST, all connections of the session watch', async () => {
  const { ann, ben } = office;
  const taskId = await office.task();
  await ann.call('timers.start', { taskId });
  const recorder = await listen(ben);
  const response = await fetch(new URL(`/api/v1/tasks/${taskId}/room`, url), {
    method: 'PUT',
    headers: { authorization: `Bearer ${ben.accessToken}` },
  });
  expect(await response.json()).toMatchObject({ taskId, running: [{ userId: ann.userId }] });
  await recorder.until(() => ticksOf(recorder, taskId).length > 0);
});

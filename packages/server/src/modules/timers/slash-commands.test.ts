import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockTime } from './slash-commands.ts';
import { type Office, openOffice } from './test/office.ts';

let office: Office;
let conversationId: string;
beforeAll(async () => {
  office = await openOffice();
  const { items } = await office.ben.call('conversations.list', { workspaceId: office.workspaceId });
  conversationId = items[0]?.id ?? '';
});
afterAll(() => office.close());

const type = async (text: string) =>
  (await office.ben.call('commands.run', { conversationId, text, clientMessageId: randomUUID() })).notice;
const misused = { code: 'invalid_input' };

test('timers can be started, listed and stopped by slash commands', async () => {
  const taskId = await office.task('Paint the fence');
  await office.task('Paint the gate');
  expect(await type('/timers')).toBe('None of your timers is running.');
  expect(await type('/timer start fence')).toBe('Your timer on "Paint the fence" is running.');
  await office.age(taskId, 3_723_000);
  expect(await type('/timer status')).toMatch(/^Paint the fence: 1:02:0\d$/);
  await expect(type('/timer start fence')).rejects.toMatchObject({ code: 'timer_running' });
  await expect(type('/timer start paint')).rejects.toMatchObject(misused);
  await expect(type('/timer start roof')).rejects.toMatchObject(misused);
  await expect(type('/timer start')).rejects.toMatchObject(misused);
  await expect(type('/timer stop gate')).rejects.toMatchObject(misused);
  expect(await type('/timer stop')).toBe('Your timer on "Paint the fence" has stopped.');
  await expect(type('/timer stop')).rejects.toMatchObject(misused);
  await expect(type('/timer dance')).rejects.toMatchObject(misused);
});

test('time is shown as hours, minutes and seconds', () => {
  expect([0, 59_999, 3_600_000, 90_061_000].map(clockTime)).toEqual(['0:00:00', '0:00:59', '1:00:00', '25:01:01']);
});

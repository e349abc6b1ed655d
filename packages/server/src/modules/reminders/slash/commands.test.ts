import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Office, openOffice } from '../../timers/test/office.ts';

let office: Office;
let conversationId: string;
beforeAll(async () => {
  office = await openOffice();
  const { ann, ben, workspaceId } = office;
  await ben.call('users.updateMe', { username: 'benny' });
  const made = { workspaceId, kind: 'channel' as const, name: 'Plans', memberIds: [ben.userId] };
  conversationId = (await ann.call('conversations.create', made)).id;
});
afterAll(() => office?.close());

const type = (text: string, clientMessageId: string = randomUUID(), who = office.ann) =>
  who.call('commands.run', { conversationId, clientMessageId, text }).then(({ notice }) => notice ?? '');

it('answers with what it understood, once for each message id', async () => {
  const intent = randomUUID();
  const said = await type('/remind me to water the plants every monday 9:00', intent);
  expect(said).toMatch(/^I will remind you on Mon, \d+ \w+ \d{4}, 09:00 \(UTC\), every Monday: "water the plants"\.$/);
  expect(await type('/remind me to water the plants every monday 9:00', intent)).toBe(said);
  expect((await office.ann.call('reminders.list', {})).items).toHaveLength(1);
});

it('reminds other people and channels', async () => {
  const { ann, ben } = office;
  expect(await type('/remind @benny call me in 20 minutes')).toMatch(/^I will remind @benny on /);
  expect(await type('/remind #plans stand-up tomorrow 9:00')).toMatch(/^I will remind #plans on /);
  expect((await ben.call('reminders.list', {})).items).toMatchObject([{ message: 'call me', createdBy: ann.userId }]);
});

it('lists reminders, and cancels them by number', async () => {
  const lines = (await type('/remind list')).split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^1\. .*: call me$/);
  expect(await type('/remind cancel 1')).toMatch(/^Cancelled: 1\. .*: call me$/);
  expect((await type('/remind list')).split('\n')).toHaveLength(2);
  await expect(type('/remind cancel 9')).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await type('/remind list', randomUUID(), office.ben)).toBe('You have no open reminders.');
});

it.each([
  '/remind',
  '/remind me',
  '/remind me to water the plants',
  '/remind @nobody call me tomorrow',
  '/remind #nowhere stand-up tomorrow',
  '/remind me x every 0 days',
])('refuses %s', async (text) => {
  await expect(type(text)).rejects.toMatchObject({ code: 'invalid_input' });
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Office, openOffice } from '../../timers/test/office.ts';
import { sweepAt } from '../test/held-clock.ts';
import { completeDigests } from './complete.ts';
import { colorOf } from './mail.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice({}, { background: false });
  await office.app.app.jobs.start();
});
afterEach(() => office.close());

interface Sent {
  subject: string;
  text: string;
  html: string;
}

const mails = async (who = office.ben): Promise<Sent[]> =>
  (
    await office.app.database.pool.query<Sent>(
      "select subject, text, html from mail where to_address = $1 and subject like 'Good morning%' order by id",
      [who.email],
    )
  ).rows;

const planned = async (who = office.ben) =>
  (
    await office.app.database.pool.query<{ occurrence: string; due_at: Date }>(
      "select occurrence, due_at from delivery where subject = $1 and kind = 'task_digest' and state = 'planned'",
      [who.userId],
    )
  ).rows.map(({ due_at, occurrence }) => `${occurrence} at ${due_at.toISOString()}`);

const task = (title: string, more: object) =>
  office.ann.call('tasks.create', { workspaceId: office.workspaceId, title, memberIds: [office.ben.userId], ...more });
const live = (timezone: string) => office.ben.call('users.updateMe', { timezone });

it('lists what is due today and what is overdue, in the zone of the person', async () => {
  await live('Europe/Berlin');
  await task('Paint the fence', {
    dueAt: '2027-03-28T13:00:00Z',
    priority: 'high',
    category: 'Garden',
    link: 'https://example.org/fence',
  });
  await task('Buy nails <b>', { dueOn: '2027-03-28', priority: 'low' });
  await task('Late at night', { dueAt: '2027-03-28T21:59:00Z' });
  await task('Tomorrow', { dueAt: '2027-03-28T22:00:00Z' });
  await task('Yesterday', { dueAt: '2027-03-27T22:59:00Z' });
  await task('Last week', { dueOn: '2027-03-20' });
  const done = await task('Done', { dueOn: '2027-03-28' });
  await office.ann.call('tasks.update', { taskId: done.id, status: 'completed' });
  await sweepAt(office, '2027-03-28T02:59:59Z');
  expect(await mails()).toEqual([]);
  await sweepAt(office, '2027-03-28T03:00:01Z');
  const [mail, ...others] = await mails();
  expect(others).toEqual([]);
  expect(mail?.subject).toBe('Good morning! You have 3 tasks due today');
  const [today, overdue] = mail!.text.split('Overdue');
  for (const words of [
    'Paint the fence',
    'Due: 15:00',
    'Priority: high',
    'Category: Garden',
    // Broken up, so that mail programs do not turn user text into links.
    'Link: https:\u200a/\u200a/example.\u200aorg/fence',
    'Buy nails <b>',
    'Due: today',
    'Late at night',
    'Due: 23:59',
    '/tasks/',
  ]) {
    expect(today).toContain(words);
  }
  expect(overdue).toContain('Yesterday');
  expect(overdue).toContain('Last week');
  expect(mail!.text).not.toMatch(/Tomorrow|Done/);
  expect(mail!.html).toContain('Buy nails &lt;b&gt;');
  expect(mail!.html).toContain('4px solid #e74c3c');
  expect(mail!.html).toContain('4px solid #3498db');
  expect(mail!.html).toContain('4px solid #f39c12');
  expect(await planned()).toEqual(['2027-03-29 at 2027-03-29T03:00:00.000Z']);
});

it.each([
  ['high', '#e74c3c'],
  ['medium', '#f39c12'],
  ['low', '#3498db'],
  ['none', '#95a5a6'],
])('shows %s priority in %s', (priority, color) => {
  expect(colorOf(priority)).toBe(color);
});

it.each([
  ['Pacific/Chatham', '2027-01-15', '2027-01-14T15:15:00Z'],
  ['Asia/Kathmandu', '2027-01-15', '2027-01-14T23:15:00Z'],
  ['America/St_Johns', '2027-01-15', '2027-01-15T08:30:00Z'],
  ['Australia/Lord_Howe', '2027-04-04', '2027-04-03T18:30:00Z'],
  ['Australia/Lord_Howe', '2027-10-03', '2027-10-02T18:00:00Z'],
  ['Europe/Berlin', '2027-10-31', '2027-10-31T04:00:00Z'],
])('comes in %s on %s at %s', async (zone, dueOn, instant) => {
  await live(zone);
  await task('Paint the fence', { dueOn });
  const before = new Date(Date.parse(instant) - 1_000);
  await sweepAt(office, before);
  expect(await mails()).toEqual([]);
  await sweepAt(office, instant);
  expect((await mails()).map(({ subject }) => subject)).toEqual(['Good morning! You have 1 task due today']);
});

it('is not sent if nothing is due, and continues on the next day', async () => {
  await task('Last week', { dueOn: '2027-03-20' });
  await task('Paint the fence', { dueOn: '2027-03-29' });
  await sweepAt(office, '2027-03-28T05:00:01Z');
  expect(await mails()).toEqual([]);
  await sweepAt(office, '2027-03-29T05:00:01Z');
  expect(await mails()).toHaveLength(1);
});

it('is sent at the time that the person chose, or not at all', async () => {
  await task('Paint the fence', { dueOn: '2027-03-28' });
  await office.ben.call('users.updateMe', { preferences: { morningDigestAt: '06:30' } });
  await sweepAt(office, '2027-03-28T06:29:59Z');
  expect(await mails()).toEqual([]);
  await office.ben.call('users.updateMe', { preferences: { morningDigestAt: null } });
  expect(await planned()).toEqual([]);
  await sweepAt(office, '2027-03-28T07:00:00Z');
  expect(await mails()).toEqual([]);
});

it('is not sent twice for one date when the person travels west, and late only on its own day', async () => {
  await live('Asia/Tokyo');
  await task('Paint the fence', { dueOn: '2027-03-28' });
  await sweepAt(office, '2027-03-27T20:00:01Z');
  expect(await mails()).toHaveLength(1);
  await live('America/Los_Angeles');
  expect((await planned())[0]).toMatch(/^2027-03-29 /);
  await task('Water the plants', { dueOn: '2027-03-29' });
  await task('Mow the lawn', { dueOn: '2027-03-30' });
  // The server was off on the 29th until 22:00 there, and during the whole 30th.
  await sweepAt(office, '2027-03-30T05:00:00Z');
  expect(await mails()).toHaveLength(2);
  await sweepAt(office, '2027-03-31T20:00:00Z');
  expect(await mails()).toHaveLength(2);
});

it('ends with one click, until the person enables it again', async () => {
  const { app, ben } = office;
  const origin = await app.listen();
  await task('Paint the fence', { dueOn: '2027-03-28' });
  await sweepAt(office, '2027-03-28T05:00:01Z');
  const { rows } = await app.database.pool.query<{ url: string }>(
    "select unsubscribe_url as url from mail where to_address = $1 and subject like 'Good morning%'",
    [ben.email],
  );
  const path = new URL(rows[0]!.url).pathname;
  expect((await fetch(`${origin}${path}`, { method: 'POST' })).status).toBe(200);
  expect((await ben.call('users.me', {})).preferences.morningDigestAt).toBeNull();
  expect(await planned()).toEqual([]);
  expect((await fetch(`${origin}${path}`, { method: 'POST' })).status, 'once more').toBe(200);
  await ben.call('users.updateMe', { preferences: { morningDigestAt: '05:00' } });
  expect(await planned()).toHaveLength(1);
});

it('is listed with its reason, and can be sent again by the person after it failed', async () => {
  const { app, ann, ben } = office;
  await task('Paint the fence', { dueOn: '2027-03-28' });
  await sweepAt(office, '2027-03-28T05:00:01Z');
  // By the clock of the server, which answers.
  await app.database.pool.query("update notification_decision set at = now() where cause = 'tasks_due_today'");
  const reason = async () =>
    (await ben.call('notifications.decisions', {})).items.find(({ cause }) => cause === 'tasks_due_today');
  expect(await reason()).toMatchObject({ type: 'upcoming', notificationId: null });
  await expect.poll(async () => (await reason())?.channels).toMatchObject([{ channel: 'mail', state: 'sent' }]);
  await app.database.pool.query(
    "update mail set state = 'failed', sent_at = null, error = '550 no' where to_address = $1",
    [ben.email],
  );
  const [mail] = (await reason())?.channels ?? [];
  expect(mail).toMatchObject({ state: 'failed', detail: '550 no', failedMailId: expect.any(String) });
  const mailId = mail?.failedMailId ?? '';
  await expect(ann.call('notifications.resendMail', { mailId })).rejects.toMatchObject({ code: 'not_found' });
  await ben.call('notifications.resendMail', { mailId });
  await expect.poll(async () => (await reason())?.channels).toMatchObject([{ state: 'sent', failedMailId: null }]);
});

it('is planned for people who have none', async () => {
  const { app } = office;
  const dan = await app.person('Dan');
  await app.database.pool.query("delete from delivery where kind = 'task_digest'");
  await completeDigests({ database: app.database, transact: app.app.transact }, new AbortController().signal);
  expect(await planned(dan)).toHaveLength(1);
  await dan.call('users.delete', { password: dan.password });
  expect(await planned(dan)).toEqual([]);
});

import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';

let app: TestApp;
let base: string;
let ann: Person;
beforeAll(async () => {
  app = await testApp();
  base = (await app.listen()).replace(/\/$/, '');
  ann = await app.person('Ann');
});
afterAll(() => app.close());

const here = (address: string) => address.replace(/^https?:\/\/[^/]+/, base);

async function feed(address: string, headers: Record<string, string> = {}) {
  const response = await fetch(here(address), { headers });
  return { status: response.status, etag: response.headers.get('etag') ?? '', text: await response.text() };
}

test('the feed has the due dates of a person; its ETag changes with them, and until then it returns 304', async () => {
  const { url } = await ann.call('calendar.rotate', {});
  const task = await ann.call('tasks.create', { title: 'Buy nails', dueOn: '2026-12-29' });
  await ann.call('tasks.create', { title: 'Whenever' });
  const first = await feed(url);
  expect(first.status).toBe(200);
  const todos = new ICAL.Component(ICAL.parse(first.text)).getAllSubcomponents('vtodo');
  expect(todos.map((todo) => todo.getFirstPropertyValue('summary'))).toEqual(['Buy nails']);
  expect(todos[0]?.getFirstPropertyValue('uid')).toBe(`task-${task.id}@atrium`);
  expect(await feed(url, { 'if-none-match': first.etag })).toMatchObject({ status: 304, text: '' });
  await ann.call('tasks.update', { taskId: task.id, title: 'Buy screws' });
  const second = await feed(url, { 'if-none-match': first.etag });
  expect(second.status).toBe(200);
  expect(second.text).toContain('SUMMARY:Buy screws');
  expect(second.text).toContain(`UID:task-${task.id}@atrium`);
});

test('a new URL revokes the previous one; when turned off, none works', async () => {
  const before = await ann.call('calendar.rotate', {});
  const after = await ann.call('calendar.rotate', {});
  expect((await feed(before.url)).status).toBe(404);
  expect((await feed(after.url)).status).toBe(200);
  expect(await ann.call('calendar.get', {})).toEqual({ createdAt: after.createdAt });
  await ann.call('calendar.disable', {});
  expect((await feed(after.url)).status).toBe(404);
  expect(await ann.call('calendar.get', {})).toEqual({ createdAt: null });
});

test('a due day stays the same through five edits, in any time zone of its owner', async () => {
  for (const timezone of ['Europe/Copenhagen', 'Pacific/Honolulu', 'Pacific/Kiritimati']) {
    const person = await app.person('Traveller');
    await person.call('users.updateMe', { timezone });
    const { url } = await person.call('calendar.rotate', {});
    const { id: taskId } = await person.call('tasks.create', { title: 'Travel', dueOn: '2026-08-09' });
    for (let edit = 0; edit < 5; edit += 1) {
      const { dueOn } = await person.call('tasks.get', { taskId });
      await person.call('tasks.update', { taskId, dueOn, description: `Edit ${edit}` });
    }
    const { text } = await feed(url);
    expect(text).toContain('DTSTART;VALUE=DATE:20260809\r\n');
    expect(text).not.toContain('TZID');
  }
});

test('the URL is stored only as a hash', async () => {
  const { url } = await ann.call('calendar.rotate', {});
  const secret = url.match(/calendar\/([\w-]{43})\.ics$/)?.[1] ?? '';
  expect(secret).not.toBe('');
  const { rows } = await app.database.pool.query('select secret_hash from calendar_feed where account_id = $1', [
    ann.userId,
  ]);
  expect(rows[0].secret_hash.toString('utf8')).not.toContain(secret);
  expect(
    (
      await feed(
        url.replace(
          secret,
          secret.replace(/^./, (letter) => (letter === 'a' ? 'b' : 'a')),
        ),
      )
    ).status,
  ).toBe(404);
});

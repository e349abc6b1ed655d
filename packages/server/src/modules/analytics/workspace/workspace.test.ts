import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../../../../test/app.ts';
import { type Office, openOffice } from '../../timers/test/office.ts';
import { countSome } from '../messages/counting.ts';

let office: Office;
let url: string;
beforeAll(async () => {
  office = await openOffice();
  url = (await office.app.listen()).replace(/\/$/, '');
});
afterAll(() => office.close());

const HOUR = 3_600_000;
const period = { from: '2026-05-04', to: '2026-05-06' };

const row = async (query: string, ...values: unknown[]) =>
  (await office.app.database.pool.query(query, values)).rows as Record<string, unknown>[];
const count = async () => {
  while (await office.app.database.transaction(countSome));
};
const read = (workspaceId: string, query = period) =>
  office.ann.call('analytics.ofWorkspace', { workspaceId, ...query });

/** Another workspace of Ann's, with Ben in it, and its first channel. */
async function garden() {
  const { id } = await office.ann.call('workspaces.create', { name: 'Garden' });
  const { code } = await office.ann.call('workspaces.rotateJoinCode', { workspaceId: id });
  await office.ben.call('workspaces.join', { code });
  const [channel] = (await office.ann.call('conversations.list', { workspaceId: id })).items;
  return { id, channelId: channel?.id ?? '' };
}

async function sayAt(person: Person, conversationId: string, at: string) {
  const message = { conversationId, content: 'Hello', clientMessageId: randomUUID() };
  const { id } = (await person.call('messages.send', message)).message;
  await row('update message set created_at = $2 where id = $1', id, at);
}

async function completeAt(person: Person, workspaceId: string, created: string, done: string) {
  const { id } = await person.call('tasks.create', { workspaceId, title: 'Water the plants' });
  await person.call('tasks.update', { taskId: id, status: 'completed' });
  await row('update completion set task_created_at = $2, completed_at = $3 where task_id = $1', id, created, done);
  return id;
}

async function workAt(person: Person, workspaceId: string, startedAt: string, hours: number, category?: string) {
  const { id: taskId } = await office.ann.call('tasks.create', {
    ...{ workspaceId, title: 'Prune', memberIds: [person.userId] },
    ...(category !== undefined && { category }),
  });
  const stoppedAt = new Date(Date.parse(startedAt) + hours * HOUR).toISOString();
  await person.call('timeEntries.add', { taskId, startedAt, stoppedAt, reason: 'By hand' });
  return taskId;
}

async function file(
  person: Person | undefined,
  workspaceId: string,
  query: string,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${url}/api/v1/workspaces/${workspaceId}/analytics.csv?${query}`, {
    headers: { ...headers, ...(person && { authorization: `Bearer ${person.accessToken}` }) },
  });
  return { response, text: await response.text() };
}

it('is empty where nothing was done', async () => {
  const { id } = await garden();
  const nothing = { messages: 0, activePeople: 0, completed: 0, leadTime: null, trackedMs: 0 };
  expect(await read(id)).toMatchObject({
    ...period,
    timeZone: 'UTC',
    total: nothing,
    days: ['2026-05-04', '2026-05-05', '2026-05-06'].map((date) => ({ date, ...nothing })),
    people: [],
    categories: [],
  });
});

it('says what was done on each day and by whom, before it is counted and after', async () => {
  const { id, channelId } = await garden();
  const { ann, ben } = office;
  await sayAt(ann, channelId, '2026-05-03T23:59:59Z');
  await sayAt(ann, channelId, '2026-05-04T00:00:00Z');
  await sayAt(ben, channelId, '2026-05-04T23:59:59Z');
  await sayAt(ann, channelId, '2026-05-06T12:00:00Z');
  await sayAt(ann, channelId, '2026-05-07T00:00:00Z');
  await completeAt(ben, id, '2026-05-01T00:00:00Z', '2026-05-05T00:00:00Z');
  await completeAt(ben, id, '2026-05-04T22:00:00Z', '2026-05-05T01:00:00Z');
  const reopened = await completeAt(ann, id, '2026-05-05T00:00:00Z', '2026-05-05T09:00:00Z');
  await ann.call('tasks.update', { taskId: reopened, status: 'todo' });
  await workAt(ann, id, '2026-05-05T23:00:00Z', 2, 'Garden');
  await workAt(ben, id, '2026-05-06T08:00:00Z', 5);
  const expected = {
    total: { messages: 3, activePeople: 2, completed: 2, leadTime: { medianMs: 49.5 * HOUR }, trackedMs: 7 * HOUR },
    days: [
      { messages: 2, activePeople: 2, completed: 0, leadTime: null, trackedMs: 0 },
      { messages: 0, activePeople: 2, completed: 2, leadTime: { p90Ms: 86.7 * HOUR }, trackedMs: HOUR },
      { messages: 1, activePeople: 2, completed: 0, leadTime: null, trackedMs: 6 * HOUR },
    ],
    people: [
      { userId: ben.userId, name: 'Ben', trackedMs: 5 * HOUR },
      { userId: ann.userId, name: 'Ann', trackedMs: 2 * HOUR },
    ],
    categories: [
      { category: 'Uncategorized', trackedMs: 5 * HOUR },
      { category: 'Garden', trackedMs: 2 * HOUR },
    ],
  };
  expect(await read(id)).toMatchObject(expected);
  await count();
  expect(await read(id)).toMatchObject(expected);
  // What is said after the count is there at once.
  await sayAt(ann, channelId, '2026-05-05T12:00:00Z');
  expect((await read(id)).days[1]).toMatchObject({ messages: 1, activePeople: 2 });
});

it('goes by the days of the reader, also where they begin at half past and have 23 or 25 hours', async () => {
  const { id, channelId } = await garden();
  const { ann, ben } = office;
  await sayAt(ann, channelId, '2026-03-28T18:29:59Z');
  await sayAt(ben, channelId, '2026-03-28T18:30:00Z');
  await sayAt(ben, channelId, '2026-03-29T21:59:59Z');
  await sayAt(ben, channelId, '2026-03-29T22:00:00Z');
  const days = async (timezone: string) => {
    await ann.call('users.updateMe', { timezone });
    const answer = await read(id, { from: '2026-03-28', to: '2026-03-30' });
    return answer.days.map(({ activePeople, messages }) => [messages, activePeople]);
  };
  try {
    for (const step of [() => Promise.resolve(), count]) {
      await step();
      expect(await days('Asia/Kolkata')).toEqual([
        [1, 1],
        [1, 1],
        [2, 1],
      ]);
      expect(await days('Europe/Berlin')).toEqual([
        [2, 2],
        [1, 1],
        [1, 1],
      ]);
      expect(await days('UTC')).toEqual([
        [2, 2],
        [2, 1],
        [0, 0],
      ]);
    }
  } finally {
    await ann.call('users.updateMe', { timezone: 'UTC' });
  }
});

it('counts messages of webhooks, but no person for them, and the time of tasks that are gone', async () => {
  const { id, channelId } = await garden();
  await sayAt(office.ann, channelId, '2026-05-04T10:00:00Z');
  await row(
    `update message set via = '{"kind": "webhook"}', sender_id = gen_random_uuid() where conversation_id = $1`,
    channelId,
  );
  const taskId = await workAt(office.ben, id, '2026-05-04T08:00:00Z', 1, 'Orchard');
  const gone = async () => {
    await row('update task_time set title = $2, category = $3 where task_id = $1', taskId, 'Prune', 'Orchard');
    for (const table of ['task_member', 'task_activity']) await row(`delete from ${table} where task_id = $1`, taskId);
    await row('delete from task where id = $1', taskId);
  };
  for (const step of [count, gone]) {
    await step();
    expect(await read(id)).toMatchObject({
      total: { messages: 1, activePeople: 1 },
      categories: [{ category: 'Orchard', trackedMs: HOUR }],
    });
  }
});

it('refuses periods that are not reported on', async () => {
  const { id } = await garden();
  for (const query of [
    { from: '2026-05-04', to: '2026-05-03' },
    { from: '2025-01-01', to: '2026-05-03' },
    { from: '1900-01-01', to: '1900-01-02' },
  ]) {
    await expect(read(id, query)).rejects.toMatchObject({ code: 'invalid_input' });
  }
  await expect(read(id, { from: '2024-01-01', to: '2024-12-31' })).resolves.toMatchObject({ total: { messages: 0 } });
});

it('gives the same as a file that no spreadsheet runs, to those who may read it', async () => {
  const { id, channelId } = await garden();
  const { ann, ben, gus } = office;
  await sayAt(ben, channelId, '2026-05-05T10:00:00Z');
  await completeAt(ben, id, '2026-05-05T00:00:00Z', '2026-05-05T06:30:00Z');
  await workAt(ben, id, '2026-05-04T08:00:00Z', 1.5, '=1+1');
  const query = 'from=2026-05-04&to=2026-05-05';
  const days = await file(ann, id, query);
  expect(days.response.status).toBe(200);
  expect(days.response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(days.response.headers.get('content-disposition')).toContain('analytics-days-2026-05-04-2026-05-05.csv');
  const [head, ...lines] = parse(days.text) as string[][];
  expect(head).toHaveLength(7);
  expect(lines).toEqual([
    ['2026-05-04', '0', '1', '0', '', '', '1.5'],
    ['2026-05-05', '1', '1', '1', '6.5', '6.5', '0'],
  ]);
  expect(parse((await file(ann, id, `${query}&table=people`)).text)).toEqual([
    ['Person', 'Tracked hours'],
    ['Ben', '1.5'],
  ]);
  expect(parse((await file(ann, id, `${query}&table=categories`)).text)).toEqual([
    ['Category', 'Tracked hours'],
    ["'=1+1", '1.5'],
  ]);
  const part = await file(ann, id, query, { range: 'bytes=0-3' });
  expect([part.response.status, part.text]).toEqual([206, 'Date']);

  const refusals = [
    [undefined, id, query, 401],
    [ben, id, query, 403],
    [gus, id, query, 404],
    [ann, randomUUID(), query, 404],
    [ann, 'x', query, 400],
    [ann, id, `${query}&table=salaries`, 400],
    [ann, id, `${query}&to=2026-05-06`, 400],
    [ann, id, 'from=2026-05-04', 400],
    [ann, id, `${query}&viewerId=${ben.userId}`, 400],
  ] as const;
  for (const [person, workspaceId, asked, status] of refusals) {
    const { response, text } = await file(person, workspaceId, asked);
    expect([asked, response.status]).toEqual([asked, status]);
    expect(response.headers.get('content-type'), text).toContain('application/problem+json');
  }
});

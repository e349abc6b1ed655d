import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from '../timers/test/office.ts';

let office: Office;
let url: string;
beforeAll(async () => {
  office = await openOffice();
  url = await office.app.listen();
});
afterAll(() => office.close());

const MINUTE = 60_000;
const day = { from: '2026-05-04', to: '2026-05-04', timeZone: 'UTC' };

async function work(taskId: string, minutes: number, startedAt: string, more: { note?: string; reason?: string } = {}) {
  const stoppedAt = new Date(Date.parse(startedAt) + minutes * MINUTE).toISOString();
  return office.ben.call('timeEntries.add', { taskId, startedAt, stoppedAt, reason: 'By hand', ...more });
}

async function file(format: 'csv' | 'xlsx' | 'pdf', query: object) {
  const { url: link } = await office.ann.call('timesheets.export', { ...day, format, ...query });
  const response = await fetch(link.replace(/^http:\/\/[^/]+/, url.replace(/\/$/, '')));
  expect(response.status).toBe(200);
  return { response, body: Buffer.from(await response.arrayBuffer()) };
}

async function text(body: Buffer): Promise<string> {
  return (await extractText(await getDocumentProxy(new Uint8Array(body)), { mergePages: true })).text;
}

test.each([
  { count: 3, minutes: 20, total: 1 },
  { count: 7, minutes: 7, total: 0.82 },
])('decimal hours of $count entries of $minutes minutes add up in every file', async ({ count, minutes, total }) => {
  const taskId = await office.task('Count');
  for (let hour = 0; hour < count; hour += 1) await work(taskId, minutes, `2026-05-04T${10 + hour}:00:00Z`);
  const { total: printed } = await office.ann.call('timesheets.get', { ...day, taskId, by: 'task' });
  expect(printed.hours).toBe(total);
  expect(printed.ms).toBe(count * minutes * MINUTE);
  const { body } = await file('csv', { taskId });
  const lines: Record<string, string>[] = parse(body, { columns: true });
  const sum = (column: string) => lines.reduce((all, line) => all + Math.round(Number(line[column]) * 100), 0) / 100;
  expect(sum('Hours')).toBe(total);
  expect(sum('Milliseconds')).toBe(count * minutes * MINUTE);
  const [header = [], ...rows] = await readSheet((await file('xlsx', { taskId })).body);
  const at = header.indexOf('Hours');
  expect(rows.reduce((all, row) => all + Math.round(Number(row[at]) * 100), 0) / 100).toBe(total);
  expect(await text((await file('pdf', { taskId })).body)).toContain(`Total ${total.toFixed(2)}`);
});

test('CSV cells cannot be run as formulas, numbers stay numbers, and titles are unchanged', async () => {
  const titles = ['=HYPERLINK("http://x.example","y")', '+49 30 1', '-2h pairing', '@ann "x"; y', "'quoted'"];
  const { id: category } = { id: 'Formulas' };
  for (const [hour, title] of titles.entries()) {
    const taskId = await office.task(title, { memberIds: [office.ben.userId], category });
    const entry = await work(taskId, 60, `2026-05-05T0${hour}:00:00Z`, { note: '\t=1' });
    if (hour === 0) {
      await office.ben.call('timeEntries.correct', { entryId: entry.id, deltaMs: -30 * MINUTE, reason: '=2\n+3' });
    }
  }
  const query = { from: '2026-05-05', to: '2026-05-05', workspaceId: office.workspaceId, category };
  const { body } = await file('csv', { ...query, bom: true });
  expect(body.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(body.toString()).toMatch(/\r\n$/);
  const lines: Record<string, string>[] = parse(body, { columns: true, bom: true });
  for (const line of lines) {
    for (const [column, cell] of Object.entries(line)) {
      if (!['Hours', 'Milliseconds', 'Rounded milliseconds'].includes(column)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }
  }
  const correction = lines.find(({ Kind }) => Kind === 'Correction');
  expect(correction).toMatchObject({ Hours: '-0.5', Milliseconds: '-1800000', Reason: "'=2\n+3" });
  const restored = new Set(lines.map(({ Task = '' }) => Task.replace(/^'/, '')));
  expect([...restored].sort()).toEqual([...titles].sort());
  const [header = [], ...rows] = await readSheet((await file('xlsx', query)).body);
  const [task, hours] = [header.indexOf('Task'), header.indexOf('Hours')];
  expect(new Set(rows.map((row) => row[task]))).toEqual(new Set(titles));
  expect(rows.map((row) => row[hours])).toContain(-0.5);
});

test('the PDF has a page for each person, with their total', async () => {
  const taskId = await office.task('Shared plan');
  await work(taskId, 90, '2026-05-06T08:00:00Z');
  const span = { startedAt: '2026-05-06T08:00:00Z', stoppedAt: '2026-05-06T08:30:00Z' };
  await office.ann.call('timeEntries.add', { taskId, ...span, reason: 'x', note: 'Zażółć γλώσσα' });
  const { body, response } = await file('pdf', { from: '2026-05-06', to: '2026-05-06', taskId });
  expect(response.headers.get('content-type')).toBe('application/pdf');
  const { text: pages, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(body)));
  expect(totalPages).toBe(2);
  expect(pages.find((page) => page.includes('Ann'))).toMatch(/Zażółć γλώσσα.*Total 0.50/s);
  expect(pages.find((page) => page.includes('Ben'))).toMatch(/Total 1.50/s);
});

test('the PDF supports every script', async () => {
  const taskId = await office.task('釘を買う');
  await work(taskId, 30, '2026-05-11T08:00:00Z', { note: '工时 · 시간표 · ไทย' });
  const { body } = await file('pdf', { from: '2026-05-11', to: '2026-05-11', taskId });
  expect((await text(body)).normalize('NFKC')).toMatch(/釘を買う.*工时 · 시간표 · ไทย.*0.50/s);
  // Only the used glyphs are in the file, not the whole font.
  expect(body.length).toBeLessThan(200_000);
});

test('running timers count up to the time of the sheet, so that it equals the live total', async () => {
  const { ann, ben, workspaceId } = office;
  const taskId = await office.task('Live');
  await work(taskId, 12, '2026-05-07T08:00:00Z');
  for (const person of [ann, ben]) await person.call('timers.start', { taskId });
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const all = { from: '2026-01-01', to: tomorrow, taskId, timeZone: 'Australia/Lord_Howe' };
  for (const by of ['user', 'task', 'day', 'category'] as const) {
    const sheet = await ann.call('timesheets.get', { ...all, by });
    const { baseMs, running } = await ann.call('timers.total', { taskId });
    const asOf = Date.parse(sheet.asOf);
    const live = running.reduce((ms, { startedAt }) => ms + asOf - Date.parse(startedAt), baseMs);
    expect(sheet.total.ms).toBe(live);
    expect(sheet.rows.reduce((ms, row) => ms + row.ms, 0)).toBe(live);
    expect(sheet.running).toBe(2);
  }
  await ann.call('timers.forceStopAll', { taskId });
  const { total } = await ben.call('timesheets.get', { ...all, by: 'user' });
  expect(total.ms).toBe((await ann.call('timers.total', { taskId })).totalElapsedMs);
  expect(workspaceId).not.toBe('');
});

test("permissions on other people's time", async () => {
  const { ann, ben, gus, workspaceId } = office;
  const taskId = await office.task('Private', { memberIds: [ben.userId] });
  await work(taskId, 60, '2026-05-08T08:00:00Z');
  const sheetOf = { from: '2026-05-08', to: '2026-05-08', timeZone: 'UTC', by: 'user' as const };
  const users = async (person: typeof ann, query: object) =>
    (await person.call('timesheets.get', { ...sheetOf, ...query })).rows.map(({ name }) => name);
  expect(await users(ann, { workspaceId })).toEqual(['Ben']);
  expect(await users(ann, {})).toEqual([]);
  expect(await users(ben, { workspaceId })).toEqual(['Ben']);
  expect(await users(ben, {})).toEqual(['Ben']);
  await expect(users(ben, { workspaceId, userId: ann.userId })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(users(gus, { taskId })).rejects.toMatchObject({ code: 'not_found' });
  const stranger = await office.app.person('Zed');
  await expect(users(stranger, { workspaceId })).rejects.toMatchObject({ code: 'not_found' });
});

test('admins of the workspace see the time of a task for its members, but not its title', async () => {
  const { ann, ben, workspaceId } = office;
  const { id: taskId } = await ben.call('tasks.create', {
    workspaceId,
    title: 'Party for Ann',
    category: 'Surprise',
    visibility: 'members',
  });
  await work(taskId, 60, '2026-05-12T08:00:00Z', { note: 'Cake for her', reason: 'Hush' });
  const days = { from: '2026-05-12', to: '2026-05-12', timeZone: 'UTC' } as const;
  const namesOf = async (person: typeof ann, by: 'task' | 'category') =>
    (await person.call('timesheets.get', { ...days, workspaceId, by })).rows.map(({ ms, name }) => [name, ms / MINUTE]);
  expect(await namesOf(ann, 'task')).toEqual([['Private task', 60]]);
  expect(await namesOf(ann, 'category')).toEqual([['Uncategorized', 60]]);
  expect(await namesOf(ben, 'task')).toEqual([['Party for Ann', 60]]);
  const csv = (await file('csv', { ...days, workspaceId })).body.toString();
  expect(csv).toContain('Private task');
  expect(csv).not.toMatch(/Party|Surprise|Cake|Hush/);
  await expect(ann.call('timesheets.get', { ...days, taskId, by: 'task' })).rejects.toMatchObject({
    code: 'not_found',
  });
  // A former member of a task still sees what they have worked on.
  await ben.call('tasks.addMember', { taskId, userId: ann.userId });
  await ann.call('timeEntries.add', {
    taskId,
    startedAt: '2026-05-12T08:00:00Z',
    stoppedAt: '2026-05-12T08:30:00Z',
    reason: 'x',
  });
  await ben.call('tasks.removeMember', { taskId, userId: ann.userId });
  expect(await namesOf(ann, 'task')).toEqual([['Party for Ann', 90]]);
});

test('a sheet can be filtered by person, category and billing', async () => {
  const { ann, ben, workspaceId } = office;
  const memberIds = [ben.userId];
  const one = await office.task('Weed', { category: 'Beds', memberIds });
  const other = await office.task('Mow', { category: 'Lawn', memberIds });
  await work(one, 30, '2026-05-10T08:00:00Z');
  const span = { startedAt: '2026-05-10T08:00:00Z', stoppedAt: '2026-05-10T08:20:00Z' };
  await ann.call('timeEntries.add', { taskId: other, ...span, reason: 'x', billable: false });
  const sheet = { from: '2026-05-10', to: '2026-05-10', timeZone: 'UTC', workspaceId, by: 'category' } as const;
  const rows = async (query: object) =>
    (await ann.call('timesheets.get', { ...sheet, ...query })).rows.map(({ ms, name }) => [name, ms / MINUTE]);
  const [beds, lawn] = [
    ['Beds', 30],
    ['Lawn', 20],
  ];
  expect(await rows({})).toEqual([beds, lawn]);
  expect(await rows({ userId: ben.userId })).toEqual([beds]);
  expect(await rows({ category: 'Lawn' })).toEqual([lawn]);
  expect(await rows({ billable: true })).toEqual([beds]);
  expect(await rows({ billable: false })).toEqual([lawn]);
});

test('amounts are visible to admins', async () => {
  const { ann, ben, workspaceId } = office;
  const taskId = await office.task('Paid');
  await ann.call('rates.setTask', { taskId, amountMinor: 9_999, currency: 'EUR' });
  await work(taskId, 20, '2026-05-09T08:00:00Z');
  const query = { from: '2026-05-09', to: '2026-05-09', timeZone: 'UTC' };
  expect((await ann.call('timesheets.get', { ...query, workspaceId })).total.amounts).toEqual([
    { currency: 'EUR', amountMinor: 3_333 },
  ]);
  expect((await ben.call('timesheets.get', { ...query, workspaceId })).total.amounts).toEqual([]);
  const rounded = { rounding: 'up', roundMinutes: 15 } as const;
  const { total } = await ann.call('timesheets.get', { ...query, ...rounded, workspaceId });
  expect(total).toMatchObject({ ms: 20 * MINUTE, roundedMs: 30 * MINUTE, amounts: [{ amountMinor: 5_000 }] });
});

test('an export of a locked period stays the same, even if rounding changes in the meantime', async () => {
  const { ann, workspaceId } = office;
  const taskId = await office.task('March');
  await work(taskId, 7, '2026-03-10T08:00:00Z');
  const march = { workspaceId, from: '2026-03-01', to: '2026-03-31' };
  const csv = async (query: object) => (await file('csv', { ...march, ...query })).body.toString();
  const { id: lockId } = await ann.call('periodLocks.lock', { ...march, timeZone: 'UTC' });
  const before = await csv({});
  expect(await csv({ rounding: 'up' })).not.toBe(before);
  await ann.call('periodLocks.unlock', { workspaceId, lockId });
  await ann.call('periodLocks.lock', { ...march, timeZone: 'UTC' });
  expect(await csv({})).toBe(before);
});

test.each([
  { query: { from: '2026-05-04', to: '2026-05-03' }, path: 'to' },
  { query: { from: '2024-01-01', to: '2026-05-03' }, path: 'to' },
  { query: { from: '0001-01-01', to: '0001-01-02' }, path: 'from' },
  { query: { from: '2026-02-30', to: '2026-03-01' }, path: 'from' },
  { query: { ...day, timeZone: 'Mars/Base' }, path: 'timeZone' },
  { query: { ...day, roundMinutes: 0 }, path: 'roundMinutes' },
])('a sheet of $query is refused', async ({ query, path }) => {
  await expect(office.ann.call('timesheets.get', { by: 'day', ...query })).rejects.toMatchObject({
    code: 'invalid_input',
    details: { errors: [expect.objectContaining({ path })] },
  });
});

test('a guessed link to a file opens nothing', async () => {
  const response = await fetch(`${url.replace(/\/$/, '')}/api/v1/timesheets/files/nothing`);
  expect(response.status).toBe(404);
});

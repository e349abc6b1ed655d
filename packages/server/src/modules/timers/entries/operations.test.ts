import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from '../test/office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const span = { startedAt: '2026-05-04T08:00:00.000Z', stoppedAt: '2026-05-04T09:30:00.000Z' };
const fault = (path: string) => ({ code: 'invalid_input', details: { errors: [expect.objectContaining({ path })] } });

test('time entered by hand counts immediately, with its author, reason and time', async () => {
  const { ann, ben, told } = office;
  const taskId = await office.task();
  const entry = await ann.call('timeEntries.add', {
    taskId,
    userId: ben.userId,
    ...span,
    note: 'Primer',
    reason: 'He forgot',
  });
  expect(entry).toMatchObject({
    kind: 'manual',
    userId: ben.userId,
    authorId: ann.userId,
    reason: 'He forgot',
    durationMs: 5_400_000,
    billable: true,
    overlaps: false,
  });
  expect((await ann.call('timers.total', { taskId })).totalElapsedMs).toBe(5_400_000);
  expect((await told(taskId)).map(({ type, body }) => [type, body.timer])).toEqual([
    ['timer:corrected', { baseMs: 5_400_000, running: [] }],
  ]);
  const { rows } = await office.app.database.pool.query(
    "select actor_id, details from audit_log where kind = 'time_entered' and target_id = $1",
    [entry.id],
  );
  expect(rows).toMatchObject([{ actor_id: ann.userId, details: { ms: 5_400_000, reason: 'He forgot' } }]);
});

test('a correction is a separate entry, and never removes more time than there is', async () => {
  const { ann, ben } = office;
  const taskId = await office.task();
  const entry = await ben.call('timeEntries.add', { taskId, ...span, reason: 'Forgot' });
  const correction = await ben.call('timeEntries.correct', {
    entryId: entry.id,
    deltaMs: -1_800_000,
    reason: 'Lunch',
  });
  expect(correction).toMatchObject({
    kind: 'correction',
    corrects: entry.id,
    durationMs: -1_800_000,
    authorId: ben.userId,
  });
  expect((await ann.call('timers.total', { taskId })).baseMs).toBe(3_600_000);
  expect((await ann.call('timeEntries.list', { taskId })).items.find(({ id }) => id === entry.id)).toEqual(entry);
  await expect(
    ben.call('timeEntries.correct', { entryId: entry.id, deltaMs: -3_600_001, reason: 'All of it' }),
  ).rejects.toMatchObject(fault('deltaMs'));
  await expect(
    ben.call('timeEntries.correct', { entryId: correction.id, deltaMs: 1, reason: 'Again' }),
  ).rejects.toMatchObject({ code: 'conflict' });
  expect((await ann.call('timers.total', { taskId })).baseMs).toBe(3_600_000);
});

test("a running timer cannot be corrected, and other people's time only by managers of the task", async () => {
  const { ann, ben, gus } = office;
  const taskId = await office.task('Together', { memberIds: [ben.userId, gus.userId] });
  const { id } = await ann.call('timers.start', { taskId });
  const correction = { entryId: id, deltaMs: 1, reason: 'Oops' };
  await expect(ann.call('timeEntries.correct', correction)).rejects.toMatchObject({ code: 'conflict' });
  await expect(ben.call('timeEntries.correct', correction)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(
    ben.call('timeEntries.add', { taskId, userId: gus.userId, ...span, reason: 'For him' }),
  ).rejects.toMatchObject({ code: 'forbidden' });
  const [entry] = (await ben.call('timeEntries.list', { taskId })).items;
  expect(entry?.can).toEqual({ update: false, correct: false });
});

test.each([
  { what: 'ends before it begins', change: { stoppedAt: '2026-05-04T07:00:00Z' }, path: 'stoppedAt' },
  { what: 'ends in the future', change: { stoppedAt: '2126-05-04T07:00:00Z' }, path: 'stoppedAt' },
  { what: 'lasts for more than 31 days', change: { startedAt: '2026-03-01T07:00:00Z' }, path: 'stoppedAt' },
  { what: 'is of a time before time', change: { startedAt: '0001-01-01T00:00:00Z' }, path: 'startedAt' },
])('an entry that $what is refused', async ({ change, path }) => {
  const taskId = await office.task();
  const wanted = { taskId, ...span, ...change, reason: 'Why not' };
  await expect(office.ben.call('timeEntries.add', wanted)).rejects.toMatchObject(fault(path));
  expect((await office.ben.call('timeEntries.list', { taskId })).items).toEqual([]);
});

test('overlapping entries of one person are allowed and flagged', async () => {
  const { ann, ben } = office;
  const [one, other] = [await office.task('One'), await office.task('Other')];
  const at = { startedAt: '2026-06-04T08:00:00.000Z', stoppedAt: '2026-06-04T09:30:00.000Z' };
  await ben.call('timeEntries.add', { taskId: one, ...at, reason: 'x' });
  await ann.call('timeEntries.add', { taskId: one, ...at, reason: 'x' });
  const second = await ben.call('timeEntries.add', {
    taskId: other,
    startedAt: '2026-06-04T09:00:00Z',
    stoppedAt: '2026-06-04T10:00:00Z',
    reason: 'x',
  });
  expect(second.overlaps).toBe(true);
  const flags = (await ann.call('timeEntries.list', { taskId: one })).items.map(({ userId, overlaps }) => [
    userId,
    overlaps,
  ]);
  expect(Object.fromEntries(flags)).toEqual({ [ben.userId]: true, [ann.userId]: false });
});

test('notes and billing change with a version; time cannot change', async () => {
  const { ben } = office;
  const taskId = await office.task();
  const entry = await ben.call('timeEntries.add', { taskId, ...span, reason: 'x' });
  const changed = await ben.call('timeEntries.update', {
    entryId: entry.id,
    note: 'Second coat',
    billable: false,
    version: 1,
  });
  expect(changed).toEqual({ ...entry, note: 'Second coat', billable: false, version: 2 });
  await expect(ben.call('timeEntries.update', { entryId: entry.id, note: 'Third', version: 1 })).rejects.toMatchObject({
    code: 'version_conflict',
    details: { current: changed },
  });
});

test('an entry keeps the rate of its time, of the task before the workspace, visible to admins only', async () => {
  const { ann, ben, workspaceId } = office;
  const taskId = await office.task();
  await ann.call('rates.setWorkspace', { workspaceId, amountMinor: 5_000, currency: 'EUR' });
  await ben.call('timeEntries.add', { taskId, ...span, reason: 'x' });
  await ann.call('rates.setTask', { taskId, amountMinor: 9_000, currency: 'USD' });
  await ben.call('timeEntries.add', { taskId, ...span, reason: 'x' });
  await ann.call('rates.setTask', { taskId, amountMinor: null });
  await ann.call('rates.setWorkspace', { workspaceId, amountMinor: null });
  const rates = (await ann.call('timeEntries.list', { taskId })).items.map(({ rate }) => rate);
  expect(rates).toHaveLength(2);
  expect(rates).toEqual(
    expect.arrayContaining([
      { amountMinor: 5_000, currency: 'EUR' },
      { amountMinor: 9_000, currency: 'USD' },
    ]),
  );
  expect((await ben.call('timeEntries.list', { taskId })).items.every(({ rate }) => rate === null)).toBe(true);
  await expect(ann.call('rates.setTask', { taskId, amountMinor: 1, currency: 'XXQ' })).rejects.toMatchObject(
    fault('currency'),
  );
});

test('a list continues after the last page', async () => {
  const { ben } = office;
  const taskId = await office.task();
  for (let hour = 1; hour <= 5; hour += 1) {
    const startedAt = `2026-07-01T0${hour}:00:00.000Z`;
    await ben.call('timeEntries.add', { taskId, startedAt, stoppedAt: '2026-07-01T08:00:00Z', reason: 'x' });
  }
  const hours: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await ben.call('timeEntries.list', { taskId, limit: 2, ...(cursor ? { cursor } : {}) });
    hours.push(...page.items.map(({ startedAt }) => startedAt.slice(12, 13)));
    cursor = page.nextCursor;
  }
  expect(hours).toEqual(['5', '4', '3', '2', '1']);
});

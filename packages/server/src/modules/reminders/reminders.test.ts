import { randomUUID } from 'node:crypto';
import type { InputOf, Reminder, reminders } from '@atrium/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '../timers/test/office.ts';
import { sweepAt } from './test/held-clock.ts';

const HOUR_MS = 3_600_000;
const at = '2027-03-01T10:00:00.000Z';

let office: Office;
beforeEach(async () => {
  office = await openOffice({}, { background: false });
});
afterEach(() => office.close());

const create = (input: Partial<InputOf<typeof reminders.create>> = {}, who = office.ben): Promise<Reminder> =>
  who.call('reminders.create', { message: 'Water the plants', scheduledAt: at, ...input });
const get = (reminderId: string, who = office.ben) => who.call('reminders.get', { reminderId });
const told = async (who = office.ben) =>
  (await who.call('notifications.list', { type: 'reminder' })).items.map(({ body, title }) => `${title}: ${body}`);
/** Mails and push messages about reminders that are planned or sent. */
const channels = async () =>
  (
    await office.app.database.pool.query<{ channel: string }>(
      "select channel from delivery where kind = 'notification' and state <> 'withdrawn' order by channel",
    )
  ).rows.map(({ channel }) => channel);
const states = async (id: string) =>
  (
    await office.app.database.pool.query<{ state: string; occurrence: string }>(
      'select state, occurrence from delivery where subject = $1 order by occurrence',
      [id],
    )
  ).rows.map(({ occurrence, state }) => `${occurrence} ${state}`);

describe('a reminder', () => {
  it('is sent once at its time, and stays open until it is completed', async () => {
    const { id } = await create();
    expect(await sweepAt(office, '2027-03-01T09:59:59Z')).toEqual([]);
    expect(await sweepAt(office, '2027-03-01T10:00:01Z')).toContain(`reminder ${at}`);
    expect(await sweepAt(office, '2027-03-01T10:00:02Z')).toEqual([]);
    expect(await told()).toEqual(['Reminder: Water the plants']);
    expect(await get(id)).toMatchObject({ status: 'open', sentAt: '2027-03-01T10:00:01.000Z', scheduledAt: at });
    const done = await office.ben.call('reminders.complete', { reminderId: id });
    expect(done).toMatchObject({ status: 'done', completedAt: expect.any(String) });
    expect(await office.ben.call('reminders.complete', { reminderId: id })).toEqual(done);
    await expect(office.ben.call('reminders.update', { reminderId: id, message: 'x' })).rejects.toThrow('completed');
  });

  it('is not affected by a clock that jumps an hour forward and back', async () => {
    const { id } = await create({ localTime: '2027-03-01T11:00', recurrence: 'FREQ=DAILY', scheduledAt: undefined });
    await sweepAt(office, '2027-03-01T11:00:01Z');
    expect(await sweepAt(office, '2027-03-01T12:00:01Z')).toEqual([]);
    expect(await sweepAt(office, '2027-03-01T11:00:02Z')).toEqual([]);
    expect(await told()).toHaveLength(1);
    expect(await states(id)).toEqual(['2027-03-01T11:00:00.000Z sent', '2027-03-02T11:00:00.000Z planned']);
  });

  it.each([
    ['email', ['mail']],
    ['push', []],
    ['both', ['mail']],
  ] as const)('by %s of somebody without a device: %j', async (type, expected) => {
    await create({ type });
    await sweepAt(office, '2027-03-01T10:00:01Z');
    expect(await channels()).toEqual(expected);
  });

  it('says if it is late, and is only listed if it is very late', async () => {
    await create();
    await sweepAt(office, '2027-03-01T13:00:00Z');
    expect(await told()).toEqual(['Reminder: Water the plants (late: it was due Mon, 1 Mar 2027, 10:00 (UTC))']);
    expect(await channels()).toEqual(['mail']);
    await create({ scheduledAt: '2027-03-01T11:00:00Z' });
    await sweepAt(office, '2027-03-02T13:00:00Z');
    expect(await told()).toHaveLength(2);
    expect(await channels()).toEqual(['mail']);
  });

  it('moves with a new time, and is not sent at the old one', async () => {
    const { id, version } = await create();
    const later = '2027-03-01T12:00:00.000Z';
    expect(await office.ben.call('reminders.update', { reminderId: id, scheduledAt: later, version })).toMatchObject({
      scheduledAt: later,
      version: version + 1,
      message: 'Water the plants',
    });
    await expect(office.ben.call('reminders.update', { reminderId: id, message: 'x', version })).rejects.toMatchObject({
      code: 'version_conflict',
    });
    expect(await sweepAt(office, '2027-03-01T11:59:00Z')).toEqual([]);
    expect(await sweepAt(office, '2027-03-01T12:00:01Z')).toContain(`reminder ${later}`);
  });

  it('keeps its time when only its text changes', async () => {
    const { id } = await create();
    await office.ben.call('reminders.update', { reminderId: id, message: 'Water the trees', type: 'push' });
    await sweepAt(office, '2027-03-01T10:00:01Z');
    expect(await told()).toEqual(['Reminder: Water the trees']);
  });

  it('can be snoozed before and after it is sent, and is not sent in between', async () => {
    const { id } = await create();
    await office.ben.call('reminders.snooze', { reminderId: id, until: '2027-03-01T10:10:00Z' });
    expect(await sweepAt(office, '2027-03-01T10:05:00Z')).toEqual([]);
    expect(await sweepAt(office, '2027-03-01T10:10:01Z')).toContain('reminder 2027-03-01T10:10:00.000Z');
    await office.ben.call('reminders.snooze', { reminderId: id, until: '2027-03-01T11:00:00Z' });
    expect(await get(id)).toMatchObject({ snoozedUntil: '2027-03-01T11:00:00.000Z' });
    expect(await sweepAt(office, '2027-03-01T11:00:01Z')).toContain('reminder 2027-03-01T11:00:00.000Z');
    expect(await get(id)).toMatchObject({ snoozedUntil: null, status: 'open' });
    expect(await told()).toHaveLength(3 - 1);
  });

  it('that recurs continues by its rule, independently of a snooze', async () => {
    const recurrence = 'FREQ=WEEKLY;BYDAY=MO';
    const { id } = await create({ scheduledAt: undefined, localTime: '2027-03-01T10:00', recurrence });
    await sweepAt(office, '2027-03-01T10:00:01Z');
    expect(await get(id)).toMatchObject({
      scheduledAt: '2027-03-08T10:00:00.000Z',
      recurrence: { rule: recurrence, occurrence: 2 },
    });
    await office.ben.call('reminders.snooze', { reminderId: id, until: '2027-03-01T10:30:00Z' });
    await sweepAt(office, '2027-03-01T10:30:01Z');
    await sweepAt(office, '2027-03-08T10:00:01Z');
    expect(await told()).toHaveLength(3);
    expect(await get(id)).toMatchObject({ scheduledAt: '2027-03-15T10:00:00.000Z' });
    await office.ben.call('reminders.complete', { reminderId: id });
    expect(await sweepAt(office, '2027-03-15T10:00:01Z')).toEqual([]);
  });

  it('that was missed for weeks is sent once, late, and continues', async () => {
    const { id } = await create({ recurrence: 'FREQ=DAILY' });
    await sweepAt(office, '2027-03-20T12:00:00Z');
    expect(await told()).toHaveLength(1);
    expect(await get(id)).toMatchObject({ scheduledAt: '2027-03-21T10:00:00.000Z' });
  });

  it('is not sent once it is deleted', async () => {
    const { id } = await create();
    await office.ben.call('reminders.delete', { reminderId: id });
    expect(await sweepAt(office, '2027-03-01T10:00:01Z')).toEqual([]);
    await expect(get(id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the list', () => {
  it('is sorted by time, those without a time last, page by page', async () => {
    const { ann, ben } = office;
    const taskId = await office.task();
    await ann.call('tasks.update', { taskId, dueAt: '2027-03-29T07:00:00Z' });
    await create({ taskId, before: 'PT1H', scheduledAt: undefined, message: 'e' });
    await ann.call('tasks.update', { taskId, dueAt: null });
    for (const [message, day] of [
      ['c', 3],
      ['a', 1],
      ['d', 4],
    ] as const) {
      await create({ message, scheduledAt: `2027-03-0${day}T10:00:00Z` });
    }
    await create({ message: 'b', scheduledAt: '2027-03-02T10:00:00Z', userId: ben.userId }, ann);
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await ben.call('reminders.list', { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ message }) => message));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect((await ben.call('reminders.list', { status: 'done' })).items).toEqual([]);
  });

  it('is read by index, however many reminders there are', async () => {
    const { app, ben } = office;
    await app.database.pool.query(
      `insert into reminder (id, account_id, created_by, message, type, scheduled_at, zone, created_at, updated_at)
       select gen_random_uuid(), $1, $1, 'x', 'push', now() + n * interval '1 minute', 'UTC', now(), now()
       from generate_series(1, 20000) n`,
      [office.ann.userId],
    );
    await create();
    await app.database.pool.query('analyze reminder');
    const { rows } = await app.database.pool.query<{ 'QUERY PLAN': string }>(
      `explain select * from reminder where account_id = $1 and status = 'open'
       order by coalesce(scheduled_at, 'infinity'), id limit 51`,
      [ben.userId],
    );
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('reminder_account');
  });
});

describe('twenty calls at once', () => {
  it('with one key create one reminder, and changes of one run one after the other', async () => {
    const { ben } = office;
    const key = randomUUID();
    const input = { message: 'Water the plants', scheduledAt: at };
    const made = await Promise.all(
      Array.from({ length: 20 }, () =>
        ben.call('reminders.create', input, { key }).catch(({ code }: { code: string }) => code),
      ),
    );
    const ids = new Set(made.flatMap((each) => (typeof each === 'string' ? [] : [each.id])));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    const minutes = Array.from({ length: 20 }, (_, minute) => new Date(Date.parse(at) + minute * 60_000).toISOString());
    await Promise.all(minutes.map((scheduledAt) => ben.call('reminders.update', { reminderId: id, scheduledAt })));
    const { scheduledAt, version } = await get(id);
    expect(version).toBe(21);
    expect((await states(id)).filter((each) => each.endsWith('planned'))).toEqual([`${scheduledAt} planned`]);
  });

  it('stay within the limit of open reminders', async () => {
    const { app, ben } = office;
    await app.database.pool.query(
      `insert into reminder (id, account_id, created_by, message, type, scheduled_at, zone, created_at, updated_at)
       select gen_random_uuid(), $1, $1, 'x', 'push', now() + interval '1 day', 'UTC', now(), now()
       from generate_series(1, 995)`,
      [ben.userId],
    );
    const made = await Promise.allSettled(Array.from({ length: 20 }, () => create()));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });
});

it('local times move with the time zone of the person, and are sent if they have passed there', async () => {
  const { ben } = office;
  const { id } = await create({ scheduledAt: undefined, localTime: '2027-03-01T10:00' });
  const { id: fixed } = await create();
  await ben.call('users.updateMe', { timezone: 'Asia/Tokyo' });
  expect(await get(id)).toMatchObject({ scheduledAt: '2027-03-01T01:00:00.000Z', timeZone: 'Asia/Tokyo' });
  expect(await get(fixed)).toMatchObject({ scheduledAt: at });
  expect(await states(id)).toEqual(['2027-03-01T01:00:00.000Z planned', `${at} withdrawn`]);
  const soon = new Date(Date.now() + 9.5 * HOUR_MS).toISOString().slice(0, 16);
  const { id: passing } = await create({ scheduledAt: undefined, localTime: soon }, ben);
  expect(Date.parse((await get(passing)).scheduledAt!)).toBeGreaterThan(Date.now());
  await ben.call('users.updateMe', { timezone: 'Pacific/Kiritimati' });
  expect(await get(passing)).toMatchObject({ status: 'open' });
});

it('are deleted with the account', async () => {
  const { app, ann, ben } = office;
  await create();
  await create({ userId: ben.userId }, ann);
  await ben.call('users.delete', { password: ben.password });
  const { rows } = await app.database.pool.query('select id from reminder');
  expect(rows).toEqual([]);
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '../timers/test/office.ts';
import { notify, type WantedNotification } from './deciding/notify.ts';
import { mailHandlers } from './delivering/mail.ts';
import { handlerKey } from './ledger/handler.ts';
import { sweepDeliveries } from './ledger/sweeper.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice({}, { background: false });
  await office.app.app.jobs.start();
});
afterEach(() => office.close());

const list = (who: Office['ben'], input = {}) => who.call('notifications.list', input).then(({ items }) => items);

function tell(...wanted: Partial<WantedNotification>[]) {
  return office.app.app.transact({ actorId: null }, (work) =>
    notify(
      work,
      wanted.map((want) => ({
        accountId: office.ben.userId,
        type: 'mention',
        cause: 'comment_mention',
        title: 'You were mentioned',
        body: 'Ann mentioned you',
        ...want,
      })),
    ),
  );
}

const nobodyLooks = { isViewing: (_userId: string, _ids: readonly string[]) => false };

/** Delivers what is due, as if this much time had passed. */
async function sweep(passedMs = 0, viewing = nobodyLooks): Promise<void> {
  const { app, database } = office.app;
  await database.pool.query(
    "update delivery set next_at = next_at - $1 * interval '1 ms', due_at = due_at - $1 * interval '1 ms' where state = 'planned'",
    [passedMs],
  );
  const handlers = new Map(
    mailHandlers({ appUrl: 'http://localhost', viewing }).map((handler) => [handlerKey(handler), handler]),
  );
  const clock = { steadyNow: () => new Date() };
  await sweepDeliveries({
    database,
    clock,
    handlers: () => handlers,
    log: { warn: () => undefined },
    transact: app.transact,
  });
}

const mails = async () =>
  (
    await office.app.database.pool.query<{ subject: string; text: string; to_address: string }>(
      'select * from mail order by id',
    )
  ).rows.filter(({ subject }) => !subject.includes('verification'));

describe('tasks', () => {
  it('notify people to whom they are assigned, and members when they are completed', async () => {
    const { ann, ben, gus } = office;
    const taskId = await office.task('Paint the fence', { memberIds: [ben.userId] });
    await ann.call('tasks.addMember', { taskId, userId: gus.userId });
    expect(await list(ben)).toMatchObject([
      {
        type: 'task',
        cause: 'task_assigned',
        body: 'Ann assigned you: Paint the fence',
        link: `/tasks/${taskId}`,
        actorIds: [ann.userId],
      },
    ]);
    expect(await list(gus)).toHaveLength(1);
    expect(await list(ann)).toEqual([]);
    await ben.call('tasks.update', { taskId, status: 'completed' });
    expect(await list(ben)).toMatchObject([{ title: 'Task completed', body: 'You completed: Paint the fence' }, {}]);
    expect(await list(ann)).toMatchObject([{ title: 'Task completed', body: 'Ben completed: Paint the fence' }]);
  });

  it('notify people who are mentioned in a comment, and are removed when people leave', async () => {
    const { ann, ben } = office;
    await ben.call('users.updateMe', { username: 'ben' });
    const taskId = await office.task('Paint the fence', { memberIds: [ben.userId] });
    await ann.call('taskComments.add', { taskId, content: '@ben which colour?' });
    await ann.call('taskComments.add', { taskId, content: '@ben red?' });
    expect(await list(ben, { type: 'mention' })).toMatchObject([
      { count: 2, body: 'Ann mentioned you on: Paint the fence' },
    ]);
    await ann.call('tasks.delete', { taskId });
    expect(await list(ben)).toEqual([]);
    const told = (await office.app.events(`user:${ben.userId}`)).map(({ type }) => type);
    expect(told).toContain('notification:removed');
    expect(await ben.call('notifications.unreadCount', {})).toEqual({ unread: 0 });
  });
});

describe('a notification', () => {
  it('is read once, on every device, and no longer counts', async () => {
    const { ben } = office;
    await tell({}, { title: 'Another' });
    expect(await ben.call('notifications.unreadCount', {})).toEqual({ unread: 2 });
    const [first] = await list(ben, { unread: true });
    expect(await ben.call('notifications.read', { notificationId: first!.id })).toEqual({ unread: 1 });
    expect(await ben.call('notifications.read', { notificationId: first!.id })).toEqual({ unread: 1 });
    expect(await list(ben, { unread: false })).toMatchObject([{ id: first!.id, readAt: expect.any(String) }]);
    await ben.call('notifications.readAll', {});
    expect((await ben.call('streams.snapshot', {})).notifications.unread).toBe(0);
    const told = (await office.app.events(`user:${ben.userId}`)).filter(({ type }) => type === 'notification:read');
    expect(told.map(({ body }) => body)).toEqual([
      { userId: ben.userId, ids: [first!.id] },
      { userId: ben.userId, ids: null },
    ]);
  });

  it('of another person is not found', async () => {
    await tell({});
    const [first] = await list(office.ben);
    await expect(office.ann.call('notifications.read', { notificationId: first!.id })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is shared by similar events until it is read, with the people who caused it', async () => {
    const { ann, ben, gus, kim } = office;
    for (const { userId: actorId } of [ann, gus, kim, gus]) await tell({ groupKey: 'g', actorId });
    expect(await list(ben)).toMatchObject([
      { count: 4, actorIds: [gus.userId, kim.userId, ann.userId], actorCount: 3 },
    ]);
    await ben.call('notifications.readAll', {});
    await tell({ groupKey: 'g', actorId: ann.userId });
    expect(await list(ben)).toMatchObject([{ count: 1 }, { count: 4 }]);
  });

  it('is shared also if similar events come at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => tell({ groupKey: 'g', actorId: office.ann.userId })));
    expect(await list(office.ben)).toMatchObject([{ count: 10 }]);
  });

  it('is listed in pages that do not overlap, with filters', async () => {
    for (let n = 0; n < 5; n += 1) await tell({ title: `N${n}`, type: n % 2 === 0 ? 'order' : 'mention' });
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await office.ben.call('notifications.list', { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ title }) => title));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['N4', 'N3', 'N2', 'N1', 'N0']);
    expect(await list(office.ben, { type: 'order' })).toHaveLength(3);
  });

  it('is deleted when the person leaves the workspace', async () => {
    const { ben, workspaceId } = office;
    await tell({ workspaceId }, { title: 'Elsewhere' });
    await ben.call('workspaces.leave', { workspaceId });
    expect(await list(ben)).toMatchObject([{ title: 'Elsewhere' }]);
  });
});

describe('mails', () => {
  it('are sent once, about what stays unread for some minutes', async () => {
    await tell({ title: 'Read it', link: '/tasks/1' });
    await sweep();
    expect(await mails()).toEqual([]);
    await sweep(301_000);
    await sweep(301_000);
    expect(await mails()).toMatchObject([{ subject: 'Read it', to_address: office.ben.email }]);
    expect((await mails())[0]?.text).toContain('http://localhost/tasks/1');
  });

  it('are withdrawn once the notification is read on any device', async () => {
    await tell({});
    await office.ben.call('notifications.readAll', {});
    await sweep(301_000);
    expect(await mails()).toEqual([]);
    const { items } = await office.ben.call('notifications.decisions', {});
    expect(items[0]?.channels.find(({ channel }) => channel === 'mail')).toMatchObject({
      used: true,
      state: 'withdrawn',
      detail: 'read',
    });
  });

  it('are withdrawn while the person looks at the subject, except for reminders', async () => {
    const taskId = await office.task();
    await office.app.database.pool.query('delete from delivery');
    const viewing = {
      isViewing: (userId: string, ids: readonly string[]) => userId === office.ben.userId && ids.includes(taskId),
    };
    await tell({ taskId, title: 'Seen' }, { taskId, title: 'Wanted', type: 'reminder' }, { title: 'Elsewhere' });
    await sweep(301_000, viewing);
    expect((await mails()).map(({ subject }) => subject).sort()).toEqual(['Elsewhere', 'Wanted']);
    const { items } = await office.ben.call('notifications.decisions', {});
    const details = items.flatMap(({ channels }) => channels.flatMap(({ detail }) => detail ?? []));
    expect(details).toContain('looking');
  });

  it('are collected into a digest', async () => {
    await office.ben.call('notifications.updatePreferences', { digest: { mode: 'hourly' } });
    await tell(
      { title: 'One' },
      { title: 'Two', type: 'order' },
      { title: 'Not mailed', type: 'general', cause: 'general' },
    );
    await sweep(3_601_000);
    const sent = await mails();
    expect(sent).toMatchObject([{ subject: '2 unread notifications' }]);
    expect(sent[0]?.text).toContain('One');
    expect(sent[0]?.text).not.toContain('Not mailed');
  });

  it('have a one-line subject, whatever the title', async () => {
    await tell({ title: 'Hi\r\nBcc: eve@example.org', urgent: true });
    await sweep();
    expect(await mails()).toMatchObject([{ subject: 'Hi Bcc: eve@\u200aexample.\u200aorg' }]);
  });
});

describe('decisions', () => {
  it('record for each channel why it was used or not', async () => {
    const { ben } = office;
    await tell({ type: 'task', cause: 'task_assigned' });
    await tell({ type: 'general', cause: 'general', channels: { mail: true, push: true }, urgent: true });
    await sweep();
    const decisions = async () => (await ben.call('notifications.decisions', {})).items;
    // The mail is in progress until the job has sent it.
    await expect.poll(async () => (await decisions())[0]?.channels[1]?.state).toBe('sent');
    const items = await decisions();
    const shown = items.map(({ channels }) => channels.map(({ reason, used, state }) => [used, reason, state]));
    expect(shown).toEqual([
      [
        [true, 'preference', null],
        [true, 'requested', 'sent'],
        [false, 'no_device', null],
      ],
      [
        [true, 'preference', null],
        [false, 'type_off', null],
        [false, 'no_device', null],
      ],
    ]);
    expect(items[0]).toMatchObject({ title: 'You were mentioned', notificationId: (await list(ben))[0]?.id });
  });

  it('contain the answer of the mail server, and only the person can send a failed mail again', async () => {
    const { ann, app, ben } = office;
    await tell({ channels: { mail: true, push: false }, urgent: true });
    await sweep();
    const mail = async () => (await ben.call('notifications.decisions', {})).items[0]?.channels[1];
    // The queue may have sent it in the meantime.
    const underWay = { state: expect.stringMatching(/^(claimed|sent)$/), failedMailId: null };
    expect(await mail()).toMatchObject(underWay);
    await expect.poll(async () => (await mail())?.state).toBe('sent');
    await app.database.pool.query(
      "update mail set state = 'failed', sent_at = null, error = '550 no such mailbox' where delivery_id is not null",
    );
    const failed = await mail();
    expect(failed).toMatchObject({ state: 'failed', detail: '550 no such mailbox', failedMailId: expect.any(String) });
    const mailId = failed?.failedMailId ?? '';
    await expect(ann.call('notifications.resendMail', { mailId })).rejects.toMatchObject({ code: 'not_found' });
    await ben.call('notifications.resendMail', { mailId });
    expect(await mail()).toMatchObject(underWay);
    await expect(ben.call('notifications.resendMail', { mailId })).rejects.toMatchObject({ code: 'not_found' });
    await expect.poll(mail).toMatchObject({ state: 'sent', detail: null });
  });

  it('of a digest contain its outcome, and the digest can be sent again as well', async () => {
    const { app, ben } = office;
    await ben.call('notifications.updatePreferences', { digest: { mode: 'hourly' } });
    await tell({ title: 'One' }, { title: 'Two', type: 'order' });
    const states = async () =>
      (await ben.call('notifications.decisions', {})).items.map(({ channels }) => channels[1]?.state);
    expect(await states()).toEqual(['planned', 'planned']);
    // Its hour is over; its name stays.
    await app.database.pool.query("update delivery set next_at = now() where kind = 'notification_digest'");
    await sweep();
    await expect.poll(states).toEqual(['sent', 'sent']);
    await app.database.pool.query("update mail set state = 'failed', sent_at = null where delivery_id is not null");
    const { items } = await ben.call('notifications.decisions', {});
    const ids = new Set(items.map(({ channels }) => channels[1]?.failedMailId ?? ''));
    expect(ids.size, 'both are in one mail').toBe(1);
    for (const mailId of ids) await ben.call('notifications.resendMail', { mailId });
    await expect.poll(states).toEqual(['sent', 'sent']);
  });

  it('exist also for events without a notification', async () => {
    const { ann, ben, workspaceId } = office;
    const { id: conversationId } = await ann.call('conversations.create', {
      workspaceId,
      kind: 'channel',
      name: 'Loud',
      memberIds: [ben.userId],
    });
    await ben.call('notifications.setConversation', { conversationId, level: 'nothing' });
    await tell({ conversationId });
    expect(await list(ben)).toEqual([]);
    expect((await ben.call('notifications.decisions', {})).items).toMatchObject([
      {
        notificationId: null,
        conversationId,
        channels: [{ channel: 'app', used: false, reason: 'conversation_nothing' }, {}, {}],
      },
    ]);
  });

  it('delay mails over the hourly cap', async () => {
    await office.ben.call('notifications.updatePreferences', { hourlyCap: 2 });
    for (let n = 0; n < 4; n += 1) await tell({ title: `N${n}` });
    const { items } = await office.ben.call('notifications.decisions', {});
    const reasons = items.map(({ channels }) => channels[1]?.reason);
    expect(reasons).toEqual(['hourly_cap', 'hourly_cap', 'preference', 'preference']);
  });
});

describe('preferences', () => {
  it('can be changed one by one, and are sent to every device', async () => {
    const { ben } = office;
    await ben.call('notifications.updatePreferences', { channels: { order: { mail: false } } });
    const after = await ben.call('notifications.updatePreferences', { quietHours: { enabled: true, from: '22:00' } });
    expect(after.channels.order).toEqual({ app: true, mail: false, push: true });
    expect(await ben.call('notifications.preferences', {})).toEqual(after);
    expect((await ben.call('streams.snapshot', {})).notifications.preferences).toEqual(after);
  });

  it('refuse invalid times and days', async () => {
    const refused = { code: 'invalid_input' };
    const change = (quietHours: object) => office.ben.call('notifications.updatePreferences', { quietHours });
    await expect(change({ from: '24:00' })).rejects.toMatchObject(refused);
    await expect(change({ days: [8] })).rejects.toMatchObject(refused);
  });
});

it('are deleted with the account', async () => {
  // The first account is the administrator, and cannot be deleted.
  const kim = office.kim.me.role === 'admin' ? office.gus : office.kim;
  await tell({ accountId: kim.userId });
  await kim.call('notifications.updatePreferences', { hourlyCap: 2 });
  const kept = async () => {
    const tables = ['notification', 'notification_decision', 'notification_settings', 'delivery'];
    const { pool } = office.app.database;
    const rows = tables.map((table) => pool.query(`select from ${table} where account_id = $1`, [kim.userId]));
    return (await Promise.all(rows)).map(({ rowCount }) => rowCount);
  };
  // The next morning digest is planned as well.
  expect(await kept()).toEqual([1, 1, 1, 2]);
  await kim.call('users.delete', { password: kim.password });
  expect(await kept()).toEqual([0, 0, 0, 0]);
});

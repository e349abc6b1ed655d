import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '../../timers/test/office.ts';
import { mailHandlers } from '../delivering/mail.ts';
import { handlerKey } from '../ledger/handler.ts';
import { sweepDeliveries } from '../ledger/sweeper.ts';
import { unsubscribeUrl } from './links.ts';

let office: Office;
let origin: string;
beforeEach(async () => {
  office = await openOffice();
  origin = await office.app.listen();
});
afterEach(() => office.close());

/** A link with which Ben ends mails. */
const link = (kind: 'mention' | 'order' | 'all' = 'mention') =>
  office.app.app.transact({ actorId: null }, ({ tx }) =>
    unsubscribeUrl(tx, { appUrl: origin, userId: office.ben.userId, kind }),
  );
const mailsOf = async () => {
  const { channels } = await office.ben.call('notifications.preferences', {});
  return Object.entries(channels).flatMap(([type, { mail }]) => (mail ? [type] : []));
};
/** As mail programs post, without a cookie. */
const click = (url: string, body = 'List-Unsubscribe=One-Click', type = 'application/x-www-form-urlencoded') =>
  fetch(url, { method: 'POST', headers: { 'content-type': type }, body });

describe('a link in a mail', () => {
  it('is in the mails about notifications, and ends those of their type', async () => {
    const { app, ann, ben } = office;
    await ben.call('users.updateMe', { username: 'ben' });
    await app.app.jobs.start();
    const taskId = await office.task('Paint the fence', { memberIds: [ben.userId] });
    await ann.call('taskComments.add', { taskId, content: '@ben which colour?' });
    await app.database.pool.query("update delivery set next_at = now(), due_at = now() where channel = 'mail'");
    const handlers = new Map(
      mailHandlers({ appUrl: origin, viewing: { isViewing: () => false } }).map((handler) => [
        handlerKey(handler),
        handler,
      ]),
    );
    await sweepDeliveries({
      database: app.database,
      clock: { steadyNow: () => new Date() },
      handlers: () => handlers,
      log: { warn: () => undefined },
      transact: app.app.transact,
    });
    const { rows } = await app.database.pool.query<{ unsubscribe_url: string }>(
      "select unsubscribe_url from mail where subject like '%mentioned%'",
    );
    expect(rows).toEqual([{ unsubscribe_url: await link() }]);
    expect((await click(rows[0]!.unsubscribe_url)).status).toBe(200);
    expect(await mailsOf()).not.toContain('mention');
    expect(await mailsOf()).toContain('order');
  });

  it('works with one click, repeatedly, in every encoding of a form', async () => {
    const url = await link('order');
    const part = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
    for (const answer of [
      await click(url),
      await click(url, part, 'multipart/form-data; boundary=b'),
      await fetch(url, { method: 'POST' }),
    ]) {
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('no more mails')]);
    }
    expect(await mailsOf()).not.toContain('order');
  });

  it('ends all of them from a collected mail, and tells the devices', async () => {
    await click(await link('all'));
    expect(await mailsOf()).toEqual([]);
    const told = (await office.app.events(`user:${office.ben.userId}`)).map(({ type }) => type);
    expect(told).toContain('notification:preferences');
  });

  it('only shows a form when it is opened', async () => {
    const before = await mailsOf();
    const answer = await fetch(await link());
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await answer.text()).toContain('<form method="post">');
    expect(await mailsOf()).toEqual(before);
  });

  it('does nothing if it is not ours, or was changed', async () => {
    const before = await mailsOf();
    const url = await link();
    const { userId } = office.ann;
    const broken = [
      url.replace('.mention.', '.order.'),
      url.replace('.mention.', '.all.'),
      url.replace(office.ben.userId, userId),
      `${url}x`,
      url.slice(0, -4),
      `${url}.more`,
      `${origin}/api/v1/unsubscribe/x`,
    ];
    for (const each of broken) expect([each, (await click(each)).status]).toEqual([each, 404]);
    expect((await click(url, 'x'.repeat(20_000))).status).toBe(413);
    expect((await click(url, '{}', 'application/json')).status).toBe(415);
    expect(await mailsOf()).toEqual(before);
  });

  it('is invalid once the account is deleted', async () => {
    const kim = office.kim.me.role === 'admin' ? office.gus : office.kim;
    const url = await office.app.app.transact({ actorId: null }, ({ tx }) =>
      unsubscribeUrl(tx, { appUrl: origin, userId: kim.userId, kind: 'all' }),
    );
    await kim.call('users.delete', { password: kim.password });
    expect((await click(url)).status).toBe(404);
  });
});

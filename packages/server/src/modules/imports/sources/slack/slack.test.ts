import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zip } from '../../../files/test/zip.ts';
import { type ImportOffice, openImportOffice } from '../../test/office.ts';
import { LONG, slackExport, ts } from '../../test/slack-export.ts';

let office: ImportOffice;
let files: http.Server;
let archive: string;
beforeAll(async () => {
  files = http.createServer((request, response) => {
    response.writeHead(request.url === '/good' ? 200 : 302, { location: '/login' }).end('An ingenious file');
  });
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
  office = await openImportOffice();
  archive = await office.file('slack.zip', await zip(slackExport({ good: `${at}/good`, expired: `${at}/expired` })));
}, 180_000);
afterAll(async () => {
  files.close();
  await office?.close();
});

const conversations = async (who = office.ann) =>
  (await who.call('conversations.list', { workspaceId: office.workspaceId, limit: 100 })).items;
const messagesIn = async (name: string, who = office.ann) => {
  const found = (await conversations(who)).find((each) => each.name === name || each.kind === name);
  return (await who.call('messages.list', { conversationId: found?.id ?? '', limit: 100 })).items;
};

describe('a Slack export', () => {
  it('is checked by a dry run, which changes nothing', async () => {
    const before = await office.query('select (select count(*) from account) a, (select count(*) from message) m');
    const dry = await office.run('slack', archive, '--dry-run');
    expect(dry.counts.message).toEqual({ created: 18, present: 1, 'left out': 0 });
    expect(await office.query('select (select count(*) from account) a, (select count(*) from message) m')).toEqual(
      before,
    );
    expect(await office.query('select 1 from import_mapping')).toEqual([]);
  });

  it('is imported completely, each message once, with its own time and author', async () => {
    const mails = office.app.mails.length;
    const { counts, report } = await office.run('slack', archive);
    expect(counts.message).toEqual({ created: 18, present: 1, 'left out': 0 });
    expect(counts.conversation).toEqual({ created: 8, present: 0, 'left out': 0 });
    const noted = (where: string) => report.find((line) => line.where === where)?.notes.join('; ');
    expect(noted('channels.json, entry 2')).toBe(
      'its purpose is not imported: Plans of the summer; its 1 pinned files are not imported: only messages can be pinned',
    );
    expect(noted('canvases.json')).toBe('its 1 entries are not imported');
    expect(noted('users.json, entry 1')).toContain('not imported: the picture, the title “Gardener”, the phone number');
    const summer = (await conversations()).find(({ name }) => name === 'données_été');
    const [sunny] = await messagesIn('données_été');
    expect(summer?.topic).toBe('Sun');
    expect((await office.ann.call('conversations.get', { conversationId: summer?.id ?? '' })).pins).toEqual([
      sunny?.id,
    ]);
    const general = await messagesIn('general');
    expect(general.map(({ content }) => content.slice(0, 40))).toEqual(
      [
        'Who waters the **roses** @ben & co? @\u2060chan',
        'I do, @Ann',
        'no address',
        'gone since',
        'in no list',
        '> 🟢 build is **green**'.slice(0, 40),
        '@Ben has joined the group',
        'root is lost',
        LONG.slice(0, 40),
        'files',
        'for all: done',
        'the last',
      ].map((text) => expect.stringContaining(text.slice(0, 20))),
    );
    const [root, reply, , , lost, bot, joined, orphan, long, withFiles, broadcast] = general;
    expect(root).toMatchObject({
      senderId: office.ann.userId,
      createdAt: '2026-01-08T00:00:10.000Z',
      thread: { replyCount: 2 },
    });
    expect(root?.reactions?.map(({ emoji, userIds }) => [emoji, userIds.length])).toEqual([
      [':+1:', 2],
      [':party_parrot:', 1],
    ]);
    expect([reply?.threadId, broadcast?.threadId, orphan?.threadId]).toEqual([root?.id, root?.id, undefined]);
    expect(reply?.senderId).toBe(office.ben.userId);
    expect(joined?.senderId).toBe(office.ben.userId);
    expect(long?.content).toMatch(/30,?008|cut: the whole text/);
    expect(long?.attachments?.map(({ filename }) => filename)).toEqual(['message.txt']);
    expect(withFiles?.attachments?.map(({ filename }) => filename)).toEqual(['plan.txt', 'Génie 📎.txt']);
    const names = await office.query<{ id: string; name: string }>('select id, name from account');
    const nameOf = (id = '') => names.find((row) => row.id === id)?.name;
    expect([nameOf(lost?.senderId), nameOf(bot?.senderId)]).toEqual(['Lost Soul', 'CI']);

    expect(noted('users.json, entry 3')).toContain('no e-mail address');
    expect(noted('users.json, entry 5')).toContain('2 people are called Cat');
    expect(noted('users.json, entry 7')).toContain('no id');
    expect(noted('channels.json, entry 3')).toContain('no messages');
    expect(noted('general/2026-01-07.json')).toContain('no JSON');
    expect(noted('general/2026-01-08.json, message 5')).toContain('not among the people');
    expect(noted('general/2026-01-08.json, message 7')).toContain('group_join');
    expect(noted('general/2026-01-08.json, message 8')).toContain('not in the export');
    expect(noted('general/2026-01-08.json, message 10')).toMatch(/old.txt.*expired.*deleted in Slack.*private network/);
    expect(noted('general/2026-01-08.json, message 11')).toContain('no time');
    expect(noted('general/2026-01-08.json, message 12')).toContain('no time');
    expect(noted('unlisted')).toContain('private channel');

    // Nobody is notified.
    expect(office.app.mails).toHaveLength(mails);
    expect(await office.query('select 1 from notification')).toEqual([]);
    expect(await office.query("select 1 from delivery where kind = 'notification'")).toEqual([]);
  }, 180_000);

  it('counts as read, is found by search, and is shown only to those who were members', async () => {
    for (const who of [office.ann, office.ben]) {
      expect(
        (await conversations(who)).map(({ unread, name }) => [name, unread]).filter(([, unread]) => unread !== 0),
      ).toEqual([]);
    }
    expect((await messagesIn('direct'))[0]?.content).toBe('just us');
    expect((await messagesIn('secret', office.ben))[0]?.content).toBe('psst');
    expect((await conversations()).map(({ name }) => name)).not.toContain('secret');
    expect((await conversations(office.ben)).map(({ name }) => name)).toContain('Notes of Ben');
    expect((await conversations()).find(({ name }) => name === 'données_été')?.archivedAt).not.toBeNull();
    const { items } = await office.ann.call('search.messages', { q: 'roses' });
    expect(items).toHaveLength(1);
  });

  it('keeps only people who may sign in as members', async () => {
    const { items } = await office.ann.call('members.list', { workspaceId: office.workspaceId });
    const emails = await office.query<{ email: string; id: string }>('select id, email from account');
    expect(items.map(({ user, role }) => [emails.find(({ id }) => id === user.id)?.email, role]).sort()).toEqual([
      ['ann@example.org', 'owner'],
      ['ben@example.org', 'member'],
      ['other-cat@example.org', 'guest'],
    ]);
  });

  it('adds nothing when imported again, and only new rows of a newer export', async () => {
    const before = await office.query(
      'select (select count(*) from account) a, (select count(*) from message) m, (select count(*) from conversation) c, (select count(*) from attachment) f',
    );
    const again = await office.run('slack', archive);
    expect(again.counts.message).toEqual({ created: 0, present: 19, 'left out': 0 });
    expect(
      await office.query(
        'select (select count(*) from account) a, (select count(*) from message) m, (select count(*) from conversation) c, (select count(*) from attachment) f',
      ),
    ).toEqual(before);
    const newer = { ...slackExport({ good: 'x', expired: 'x' }) };
    newer['general/2026-01-10.json'] = JSON.stringify([
      { type: 'message', user: 'U0LOST', text: 'back', ts: ts(10, 1) },
    ]);
    const more = await office.run('slack', await office.file('newer.zip', await zip(newer)));
    expect(more.counts.message).toEqual({ created: 1, present: 19, 'left out': 0 });
    expect((await messagesIn('general')).at(-1)?.content).toBe('back');
  }, 180_000);
});

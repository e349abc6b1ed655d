import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Person } from '../../../../test/app.ts';
import { waiting } from '../../../../test/security/lock-waits.ts';
import type { Exporter } from '../index.ts';
import { type ImportOffice, openImportOffice } from '../test/office.ts';

let office: ImportOffice;
let other: ImportOffice;
let channel: string;
let direct: string;
let fence: string;
let file: string;

const say = async (who: Person, conversationId: string, content: string, more: object = {}) =>
  (await who.call('messages.send', { conversationId, content, clientMessageId: randomUUID(), ...more })).message;

beforeAll(async () => {
  [office, other] = await Promise.all([openImportOffice(), openImportOffice()]);
  const { ann, ben, workspaceId } = office;
  await ben.call('users.updateMe', { username: 'benno' });
  await other.ben.call('users.updateMe', { username: 'ben-elsewhere' });
  const { code } = await ann.call('workspaces.rotateJoinCode', { workspaceId });
  await ben.call('workspaces.join', { code });
  const memberIds = [ben.userId];
  channel = (
    await ann.call('conversations.create', { workspaceId, kind: 'channel', name: 'beds', topic: 'Soil', memberIds })
  ).id;
  direct = (await ann.call('conversations.create', { workspaceId, kind: 'direct', memberIds })).id;
  const { attachments } = await ann.call(
    'attachments.upload',
    { workspaceId },
    { files: [{ name: 'Génie 📎.txt', type: 'text/plain', content: 'the plan' }] },
  );
  const root = await say(ann, channel, 'Who waters, @benno?', { attachmentIds: attachments.map(({ id }) => id) });
  await say(ben, channel, 'I do', { replyTo: root.id });
  await ben.call('reactions.add', { messageId: root.id, emoji: '👍' });
  const gone = await say(ann, channel, 'this is deleted');
  await ann.call('messages.delete', { messageId: gone.id });
  await say(ben, direct, 'between us');
  const label = await ann.call('labels.create', { workspaceId, name: 'spring', color: '#112233' });
  await ann.call('labels.create', { workspaceId, name: 'On no task', color: '#445566' });
  fence = (
    await ann.call('tasks.create', {
      workspaceId,
      title: 'Paint the fence',
      dueOn: '2026-08-09',
      labelIds: [label.id],
      memberIds,
    })
  ).id;
  await ann.call('tasks.create', { workspaceId, title: 'Second coat', parentId: fence, status: 'completed' });
  await ben.call('tasks.create', { workspaceId, title: 'Surprise for Ann', visibility: 'members' });
  await ben.call('taskComments.add', { taskId: fence, content: 'Green?' });
  await ann.call(
    'attachments.addToTask',
    { taskId: fence },
    { files: [{ name: 'colours.txt', type: 'text/plain', content: 'green' }] },
  );
  const kim = await office.app.person('Kim');
  await office.query('update account set email = $2 where id = $1', [kim.userId, 'kim@example.org']);
  await kim.call('workspaces.join', { code });
  await ann.call('members.update', { workspaceId, userId: kim.userId, role: 'customer' });
  const supportCase = await kim.call('conversations.create', { workspaceId, kind: 'support' });
  await say(kim, supportCase.id, 'My spade broke');
  await ann.call('support.take', { conversationId: supportCase.id });
  await say(ann, supportCase.id, 'You get another');
  const entry = await ben.call('timeEntries.add', {
    taskId: fence,
    startedAt: '2026-01-05T08:00:00Z',
    stoppedAt: '2026-01-05T09:30:00Z',
    reason: 'Forgot',
    note: 'sanding',
  });
  await ben.call('timeEntries.correct', { entryId: entry.id, deltaMs: -600_000, reason: 'A break' });
  await ben.call('pins.add', { conversationId: channel, messageId: root.id });
  // Must not be in the file: another workspace with other people, of which Ben is also a member.
  const mallory = await office.app.person('Mallory Elsewhere');
  const secret = await mallory.call('workspaces.create', { name: 'Secret Society' });
  const joining = await mallory.call('workspaces.rotateJoinCode', { workspaceId: secret.id });
  await ben.call('workspaces.join', { code: joining.code });
  const vault = await mallory.call('conversations.create', {
    workspaceId: secret.id,
    kind: 'channel',
    name: 'vault',
    memberIds,
  });
  await say(ben, vault.id, 'the password of the vault');
  await mallory.call('tasks.create', { workspaceId: secret.id, title: 'Rob the bank', memberIds });
  await mallory.call('shops.update', { workspaceId: secret.id, introduction: 'Under the counter' });
  const loot = { workspaceId: secret.id, name: 'Gold bar', price: 1, currency: 'EUR', stock: 3 };
  const { id: productId } = await mallory.call('products.create', loot);
  await ben.call('orders.place', { workspaceId: secret.id, items: [{ productId }], note: 'at midnight' });
  await mallory.call('webhooks.create', { conversationId: vault.id, name: 'Alarm of the vault' });
  await mallory.call('bots.create', { workspaceId: secret.id, name: 'Lookout' });
  await mallory.call('webhookEndpoints.create', {
    workspaceId: secret.id,
    url: 'https://fence.example/loot',
    eventTypes: ['message:receive'],
  });
  file = path.join(path.dirname(await office.file('x', '')), 'garden.export');
  const made = await office.command('export', file, '--workspace', workspaceId, '--unencrypted', '--json');
  if (made.code !== 0) throw new Error(made.stderr);
  expect(JSON.parse(made.stdout)).toMatchObject({ workspaceId, missingObjects: 0, objects: 2 });
}, 240_000);
afterAll(async () => {
  await office?.close();
  await other?.close();
});

it('contains nothing of other workspaces', async () => {
  const text = gunzipSync(await readFile(file)).toString('latin1');
  expect(text).toContain(channel);
  expect(text).toContain('between us');
  const others = await office.query<{ word: string }>(
    `with w as (select id from workspace where id <> $1)
     select id::text as word from w
     union select name from workspace where id <> $1 and personal_of is null
     union select c.id::text from conversation c where workspace_id in (select id from w)
     union select c.name from conversation c where workspace_id in (select id from w) and c.name not in (select name from conversation where workspace_id = $1 and name is not null)
     union select m.id::text from message m join conversation c on c.id = m.conversation_id where c.workspace_id in (select id from w)
     union select m.content from message m join conversation c on c.id = m.conversation_id where c.workspace_id in (select id from w)
     union select id::text from task where workspace_id in (select id from w)
     union select title from task where workspace_id in (select id from w)
     union select introduction from shop where workspace_id in (select id from w)
     union select name from product where workspace_id in (select id from w)
     union select id::text from product where workspace_id in (select id from w)
     union select id::text from shop_order where workspace_id in (select id from w)
     union select note from shop_order where workspace_id in (select id from w)
     union select h.name from webhook h join conversation c on c.id = h.conversation_id where c.workspace_id in (select id from w)
     union select url from webhook_endpoint where workspace_id in (select id from w)
     union select a.id::text from account a where not exists (select from membership where workspace_id = $1 and account_id = a.id)
     union select a.email from account a where not exists (select from membership where workspace_id = $1 and account_id = a.id)`,
    [office.workspaceId],
  );
  const words = others.flatMap(({ word }) => (word ? [word] : []));
  expect(words).toEqual(
    expect.arrayContaining(['Gold bar', 'at midnight', 'Alarm of the vault', 'https://fence.example/loot']),
  );
  expect(words.filter((word) => text.includes(Buffer.from(word).toString('latin1')))).toEqual([]);
  expect(text).not.toContain('this is deleted');
  expect(text).not.toContain('password_hash');
});

it('is imported unchanged into another instance, once, for people with the same addresses', async () => {
  await writeFile(path.join(path.dirname(await other.file('x', '')), 'garden.export'), await readFile(file));
  const { counts, report } = await other.run('atrium', 'garden.export');
  expect(report.filter(({ outcome }) => outcome === 'left out')).toEqual([]);
  expect(counts).toMatchObject({
    person: { created: 3 },
    message: { created: 5 },
    label: { created: 2 },
    task: { created: 3 },
    comment: { created: 1 },
    time: { created: 1 },
    correction: { created: 1 },
  });
  const { items } = await other.ann.call('conversations.list', { workspaceId: other.workspaceId });
  const beds = items.find(({ name }) => name === 'beds');
  expect(beds).toMatchObject({ topic: 'Soil', unread: 0 });
  expect(beds?.id).not.toBe(channel);
  const spade = items.find(({ kind }) => kind === 'support');
  expect(spade).toMatchObject({ support: { status: 'assigned', assigneeId: other.ann.userId } });
  const { items: helped } = await other.ann.call('messages.list', { conversationId: spade?.id ?? '' });
  expect(helped.map(({ content }) => content)).toEqual(['My spade broke', 'You get another']);
  expect(helped[1]?.senderId).toBe(other.ann.userId);
  const { items: said } = await other.ann.call('messages.list', { conversationId: beds?.id ?? '' });
  const [before] = (await office.ann.call('messages.list', { conversationId: channel })).items;
  const shown = await other.ann.call('conversations.get', { conversationId: beds?.id ?? '' });
  expect(shown.pins).toEqual([said[0]?.id]);
  expect(said).toMatchObject([
    {
      content: 'Who waters, @ben-elsewhere?',
      senderId: other.ann.userId,
      createdAt: before?.createdAt,
      mentions: [other.ben.userId],
      reactions: [{ emoji: '👍', userIds: [other.ben.userId] }],
      attachments: [{ filename: 'Génie 📎.txt' }],
    },
    { content: 'I do', senderId: other.ben.userId, threadId: said[0]?.id },
  ]);
  const { items: tasks } = await other.ann.call('tasks.list', { workspaceId: other.workspaceId, scope: 'visible' });
  expect(tasks.map(({ title }) => title).sort()).toEqual(['Paint the fence', 'Second coat']);
  const painted = tasks.find(({ title }) => title === 'Paint the fence');
  expect(painted).toMatchObject({
    dueOn: '2026-08-09',
    commentCount: 1,
    timer: { baseMs: 4_800_000 },
    memberIds: expect.arrayContaining([other.ann.userId, other.ben.userId]),
  });
  expect(tasks.find(({ title }) => title === 'Second coat')).toMatchObject({
    parentId: painted?.id,
    status: 'completed',
  });
  expect((await other.ann.call('attachments.ofTask', { taskId: painted?.id ?? '' })).items).toMatchObject([
    { filename: 'colours.txt' },
  ]);
  const { items: labels } = await other.ann.call('labels.list', { workspaceId: other.workspaceId });
  expect(labels.map(({ color, name }) => [name, color]).sort()).toEqual([
    ['On no task', '#445566'],
    ['spring', '#112233'],
  ]);
  const { items: own } = await other.ben.call('tasks.list', { workspaceId: other.workspaceId });
  expect(own.find(({ title }) => title === 'Surprise for Ann')).toMatchObject({ visibility: 'members' });
  expect((await other.run('atrium', 'garden.export')).counts).toMatchObject({
    message: { created: 0, present: 5 },
    task: { created: 0 },
  });
}, 240_000);

it('can be imported as a copy into the same instance, with new ids', async () => {
  const copy = await office.ann.call('workspaces.create', { name: 'Copy' });
  const ran = await office.command('import', 'atrium', file, '--workspace', 'Copy', '--json');
  expect(JSON.parse(ran.stdout).counts).toMatchObject({ message: { created: 5, 'left out': 0 }, task: { created: 3 } });
  const { items } = await office.ben.call('conversations.list', { workspaceId: copy.id });
  expect(items.map(({ name }) => name)).toContain('beds');
  expect(items.map(({ id }) => id)).not.toContain(channel);
  expect((await office.ann.call('tasks.get', { taskId: fence })).title).toBe('Paint the fence');
}, 240_000);

it('is encrypted by default, verified, and refused as a backup to restore', async () => {
  const garden = ['--workspace', 'Garden'];
  expect(await office.command('export', `${file}.2`, ...garden)).toMatchObject({ code: 64, stdout: '' });
  expect(await office.command('export', file, ...garden, '--unencrypted')).toMatchObject({ code: 73 });
  const phrase = await office.file('phrase', 'seven words that nobody else would use\n');
  const sealed = `${file}.sealed`;
  expect(await office.command('export', sealed, ...garden, '--passphrase-file', phrase)).toMatchObject({ code: 0 });
  expect(await office.command('import', 'atrium', sealed, ...garden, '--dry-run')).toMatchObject({ code: 65 });
  expect(
    await office.command('import', 'atrium', sealed, ...garden, '--dry-run', '--passphrase-file', phrase),
  ).toMatchObject({ code: 0 });
  const bytes = await readFile(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  const damaged = await office.file('damaged', bytes);
  expect(await office.command('import', 'atrium', damaged, ...garden)).toMatchObject({ code: 65, stdout: '' });
  const drilled = await office.command('restore', file, '--drill');
  expect(drilled).toMatchObject({ code: 65, stderr: expect.stringContaining('export of a part') });
}, 240_000);

it('is a snapshot of one moment, even while people keep working', async () => {
  const busy = await openImportOffice();
  try {
    const { ann, app, workspaceId } = busy;
    const conversationIds: string[] = [];
    for (let at = 0; at < 30; at += 1) {
      const made = await ann.call('conversations.create', { workspaceId, kind: 'channel', name: `bed-${at}` });
      conversationIds.push(made.id);
      await say(ann, made.id, 'before');
    }
    const last = conversationIds.toSorted().at(-1) ?? '';
    const target = path.join(path.dirname(await busy.file('x', '')), 'busy.export');
    const { exporter } = Object.assign({}, ...app.app.modules.map(({ services }) => services)) as {
      exporter: Exporter;
    };
    const options = { file: target, workspace: workspaceId, passphrase: undefined, program: 'test' };
    // The export waits for the webhooks of the first conversation, with everything else still to be read.
    const client = await app.database.pool.connect();
    await client.query('begin');
    await client.query('lock table webhook in access exclusive mode');
    const exporting = exporter.run({ ...options, progress: () => undefined });
    await vi.waitFor(
      async () => {
        expect(await waiting(client)).toBe(1);
      },
      { timeout: 20_000, interval: 5 },
    );
    await say(ann, last, 'said meanwhile');
    await ann.call('tasks.create', { workspaceId, title: 'Thought of meanwhile' });
    await client.query('commit');
    client.release();
    const { rows } = await exporting;
    expect(rows).toBeGreaterThan(60);
    const text = gunzipSync(await readFile(target)).toString('latin1');
    expect(text.match(/"content":"before"/g)).toHaveLength(30);
    expect(text).not.toContain('meanwhile');
  } finally {
    await busy.close();
  }
}, 120_000);

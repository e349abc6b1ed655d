import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from '../database/index.ts';
import { collectJobs, type QueuedJob } from '../jobs/index.ts';
import { queueMail, sendMail } from './mail.ts';
import type { Mail } from './mailbox.ts';
import { newestMails } from './store.ts';

const mail: Mail = {
  to: { name: 'Ann', address: 'ann@example.org' },
  subject: 'Hi',
  text: 'text',
  html: '<p>text</p>',
};

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function queue(changes: Partial<Mail>): Promise<readonly QueuedJob[]> {
  const { enqueue, queued } = collectJobs();
  await database.transaction((tx) => queueMail({ tx, enqueue }, { ...mail, ...changes }));
  return queued;
}

test('a mail becomes a row and a job with only its id', async () => {
  const jobs = await queue({ to: { name: '', address: 'o’neil+a.b@exämple.org' } });
  const [row] = await newestMails(database.db);
  expect(row).toMatchObject({ state: 'queued', to_name: '', text: 'text', attempts: 0, message_id: null });
  expect(jobs).toEqual([{ job: sendMail, data: { mailId: row?.id } }]);
  await database.pool.query('delete from mail');
});

test('lengths are counted in characters, like those of names in the contract', async () => {
  const name = '🌱'.repeat(100);
  await queue({ to: { name, address: 'ann@example.org' }, subject: `Join ${name}`, text: '🌱'.repeat(20_000) });
  expect(await newestMails(database.db)).toMatchObject([{ to_name: name }]);
  await database.pool.query('delete from mail');
});

test.each<[string, Partial<Mail>]>([
  ['a line break in the name', { to: { name: 'Ann\r\nBcc: eve@example.net', address: 'ann@example.org' } }],
  ['a line break in the address', { to: { name: 'Ann', address: 'ann@example.org\n' } }],
  ['two addresses', { to: { name: 'Ann', address: 'ann@example.org,eve@example.net' } }],
  ['an address in brackets', { to: { name: 'Ann', address: '<ann@example.org>' } }],
  ['a group', { to: { name: 'Ann', address: 'all:ann@example.org;' } }],
  ['two at signs', { to: { name: 'Ann', address: 'ann@eve@example.org' } }],
  ['no address', { to: { name: 'Ann', address: '' } }],
  ['a long name', { to: { name: 'x'.repeat(201), address: 'ann@example.org' } }],
  ['a line break in the subject', { subject: 'Hi\nBcc: eve@example.net' }],
  ['a blank subject', { subject: ' ' }],
  ['a NUL in the subject', { subject: 'Hi\0' }],
  ['half a pair in the text', { text: '\uD800' }],
  ['an empty text', { text: '' }],
  ['a long text', { text: 'x'.repeat(20_001) }],
  ['a long page', { html: 'x'.repeat(100_001) }],
])('%s is refused and nothing is stored', async (_what, changes) => {
  await expect(queue(changes)).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await newestMails(database.db)).toEqual([]);
});

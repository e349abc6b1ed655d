import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Database, Transaction } from '../database/index.ts';
import { collectJobs, createJobs, type JobSystem, type QueuedJob } from '../jobs/index.ts';
import { createMailer, type Mail, type Mailer, type MailOptions, queueMail, resendMail } from './index.ts';
import { type MailRow, newestMails } from './store.ts';
import { startTestSmtp, type TestSmtp } from './test-smtp.ts';

const CODE = '271828';
const mail: Mail = {
  to: { name: 'Ann Example', address: 'ann@example.org' },
  subject: 'Your code',
  text: `The code is ${CODE}.\n`,
  html: `<p>The code is <b>${CODE}</b>.</p>`,
};
const from = { name: 'Atrium', address: 'atrium@mail.example.com' };

let database: Database;
let smtp: TestSmtp;
let stops: (() => Promise<void>)[] = [];
let logged = '';
const log = pino(
  { level: 'trace' },
  {
    write(line: string) {
      logged += line;
    },
  },
);

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  smtp = await startTestSmtp();
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
  jobs = undefined;
  added.length = 0;
  await smtp.close();
  await database.pool.query('delete from mail');
  logged = '';
});
afterAll(() => database.close());

/** Jobs that mailers added outside of a running job system. */
const added: QueuedJob[] = [];
let jobs: JobSystem | undefined;

const common = () => ({
  clock: { steadyNow: () => new Date() },
  database,
  log,
  addJobs: async (tx: Transaction, queued: readonly QueuedJob[]) =>
    jobs === undefined ? void added.push(...queued) : jobs.addJobs(tx, queued),
});

function realMailer(sendMs = 2_000, ladderMs: readonly number[] = [30, 30, 60]): Mailer {
  return createMailer({ ...common(), smtp: { url: smtp.url, from }, sendMs, ladderMs });
}

async function jobsFor(mailer: Mailer): Promise<JobSystem> {
  const system = await createJobs({ database, log, clock: { offsetMs: () => 0 }, owners: [mailer] });
  jobs = system;
  stops.push(system.stop);
  await system.start();
  return system;
}

/** Queues in one transaction as a command does; `then` runs before it commits. */
async function queue(
  system: JobSystem,
  queued: Mail,
  then?: () => Promise<void>,
  options: MailOptions = {},
): Promise<void> {
  await database.transaction(async (tx) => {
    const collected = collectJobs();
    await queueMail({ tx, enqueue: collected.enqueue }, queued, options);
    await system.addJobs(tx, collected.queued);
    await then?.();
  });
}

async function theMail(): Promise<MailRow> {
  const [row] = await newestMails(database.db);
  if (row === undefined) throw new Error('there is no mail');
  return row;
}

/** Runs the job directly, as the queue would. */
async function runJob(mailer: Mailer, mailId: string): Promise<void> {
  const run = { id: mailId, attempt: 1, last: false, signal: new AbortController().signal };
  await mailer.jobs[0].run({ mailId }, run);
}

async function queueOnly(): Promise<string> {
  await database.transaction((tx) => queueMail({ tx, enqueue: () => undefined }, mail));
  return (await theMail()).id;
}

test('a queued mail is sent once, after the commit, and then its text is deleted', async () => {
  const jobs = await jobsFor(realMailer());
  await queue(jobs, mail, async () => {
    await sleep(100);
    expect(smtp.received).toHaveLength(0);
  });
  await vi.waitFor(async () => expect((await theMail()).state).toBe('sent'));
  expect(smtp.received).toHaveLength(1);
  const [received] = smtp.received;
  const { message_id, ...row } = await theMail();
  expect(row).toMatchObject({ text: '', html: '', attempts: 1, error: null, sent_at: expect.any(Date) });
  expect(message_id).toBe(`<${row.id}@mail.example.com>`);
  expect(received).toMatchObject({ sender: from.address, recipients: ['ann@example.org'] });
  expect(received?.email).toMatchObject({ subject: mail.subject, messageId: message_id, from });
  expect(received?.email.to).toEqual([mail.to]);
  expect(received?.email.text).toContain(CODE);
  expect(received?.email.html).toContain(`<b>${CODE}</b>`);
});

test('a mail of a transaction that rolls back is never sent', async () => {
  const jobs = await jobsFor(realMailer());
  const rolledBack = queue(jobs, mail, () => Promise.reject(new Error('no')));
  await expect(rolledBack).rejects.toThrow('no');
  await queue(jobs, { ...mail, subject: 'Kept' });
  await vi.waitFor(async () => expect((await theMail()).state).toBe('sent'));
  expect(smtp.received.map(({ email }) => email.subject)).toEqual(['Kept']);
});

test('a temporary refusal is retried with the same Message-ID', async () => {
  smtp.behave = (index) => (index < 2 ? { code: 451, message: 'come back later' } : 'accept');
  const jobs = await jobsFor(realMailer());
  await queue(jobs, mail);
  await vi.waitFor(async () => expect((await theMail()).state).toBe('sent'));
  expect(await theMail()).toMatchObject({ attempts: 3, error: null });
  expect(smtp.received).toHaveLength(3);
  expect(new Set(smtp.received.map(({ email }) => email.messageId)).size).toBe(1);
});

test('a mail is retried while it is useful, then given up with the reason and without its text', async () => {
  smtp.behave = () => ({ code: 451, message: 'come back later' });
  const system = await jobsFor(realMailer(2_000, [30, 30, 400]));
  await queue(system, mail, undefined, { usefulUntil: new Date(Date.now() + 1_500) });
  await vi.waitFor(async () => expect((await theMail()).state).toBe('failed'), 10_000);
  const { attempts, error, html, text } = await theMail();
  expect([text, html]).toEqual(['', '']);
  expect(attempts).toBeGreaterThanOrEqual(4);
  expect(error).toContain('come back later');
  expect(smtp.received).toHaveLength(attempts);
  expect(new Set(smtp.received.map(({ email }) => email.messageId)).size).toBe(1);
  const lines = logged.split('\n').filter((line) => line.includes('come back later'));
  expect(lines, 'one line an attempt').toHaveLength(attempts);
  expect(logged).not.toContain('"stack"');
  expect(logged).not.toContain(CODE);
});

test('no mail is lost if the server is down longer than the quick attempts', async () => {
  smtp.behave = (index) => (index < 4 ? { code: 421, message: 'shutting down' } : 'accept');
  const system = await jobsFor(realMailer());
  await queue(system, mail);
  await vi.waitFor(async () => expect((await theMail()).state).toBe('sent'), 10_000);
  expect(await theMail()).toMatchObject({ attempts: 5, error: null });
});

test('a failed mail without secrets can be sent again manually, with the same Message-ID', async () => {
  smtp.behave = (index) => (index < 2 ? { code: 550, message: 'no such mailbox' } : 'accept');
  const system = await jobsFor(realMailer());
  await queue(system, mail, undefined, { keepsText: true });
  await vi.waitFor(async () => expect((await theMail()).state).toBe('failed'));
  const { id } = await theMail();
  const resend = () =>
    database.transaction(async (tx) => {
      const collected = collectJobs();
      const isQueued = await resendMail({ tx, enqueue: collected.enqueue }, id);
      await system.addJobs(tx, collected.queued);
      return isQueued;
    });
  expect(await resend()).toBe(true);
  await vi.waitFor(async () => expect(await theMail()).toMatchObject({ state: 'failed', attempts: 1 }));
  expect(await resend()).toBe(true);
  await vi.waitFor(async () => expect((await theMail()).state).toBe('sent'));
  expect(await resend()).toBe(false);
  expect(new Set(smtp.received.map(({ email }) => email.messageId)).size).toBe(1);
  expect(smtp.received).toHaveLength(3);
});

test('a mail with a code cannot be sent again manually', async () => {
  smtp.behave = () => ({ code: 550, message: 'no such mailbox' });
  const system = await jobsFor(realMailer());
  await queue(system, mail);
  await vi.waitFor(async () => expect((await theMail()).state).toBe('failed'));
  const { id } = await theMail();
  expect(await database.transaction((tx) => resendMail({ tx, enqueue: () => undefined }, id))).toBe(false);
});

test('mails that can be unsubscribed from have the headers for one-click unsubscription', async () => {
  const system = await jobsFor(realMailer());
  await queue(system, mail, undefined, { unsubscribeUrl: 'https://atrium.example.com/api/v1/unsubscribe/abc' });
  await vi.waitFor(() => expect(smtp.received).toHaveLength(1));
  const headers = new Map(smtp.received[0]?.email.headers.map(({ key, value }) => [key, value]));
  expect(headers.get('list-unsubscribe')).toBe('<https://atrium.example.com/api/v1/unsubscribe/abc>');
  expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
});

test('a mail whose job was lost is found again', async () => {
  const id = await queueOnly();
  await database.pool.query("update mail set next_at = now() - interval '11 minutes'");
  realMailer().start()();
  await vi.waitFor(() => expect(added).toMatchObject([{ data: { mailId: id } }]));
});

test('a permanent refusal is not retried', async () => {
  smtp.behave = () => ({ code: 550, message: 'no such mailbox' });
  const jobs = await jobsFor(realMailer());
  await queue(jobs, mail);
  await vi.waitFor(async () => expect((await theMail()).state).toBe('failed'));
  expect(await theMail()).toMatchObject({ state: 'failed', attempts: 1, text: '', html: '' });
  expect(smtp.received).toHaveLength(1);
});

test('the connection to a hanging server is closed, and the mail retried', async () => {
  smtp.behave = (index) => (index === 0 ? 'hang' : 'accept');
  const jobs = await jobsFor(realMailer(200));
  await queue(jobs, mail);
  await vi.waitFor(async () => expect((await theMail()).state).toBe('sent'));
  expect((await theMail()).attempts).toBe(2);
});

test('a server that drops the connection before it answers gets at most two copies, with one Message-ID', async () => {
  smtp.behave = (index) => (index === 0 ? 'drop' : 'accept');
  const jobs = await jobsFor(realMailer());
  await queue(jobs, mail);
  await vi.waitFor(async () => expect((await theMail()).state).toBe('sent'));
  expect(smtp.received).toHaveLength(2);
  expect(smtp.received[0]?.email.messageId).toBe(smtp.received[1]?.email.messageId);
});

test('an unreachable server does not lose the mail', async () => {
  const gone = createMailer({ ...common(), smtp: { url: 'smtp://127.0.0.1:9', from } });
  const id = await queueOnly();
  await runJob(gone, id);
  expect((await theMail()).error).toContain('ECONNREFUSED');
  expect(added).toMatchObject([{ data: { mailId: id }, delayMs: expect.any(Number) }]);
  expect(await theMail()).toMatchObject({ state: 'queued', attempts: 1, claimed_until: null, text: mail.text });
  await runJob(realMailer(), id);
  expect(await theMail()).toMatchObject({ state: 'sent', attempts: 2 });
});

test('two runs of one job send one mail', async () => {
  smtp.behave = () => 'hang';
  const mailer = realMailer(500);
  const id = await queueOnly();
  const first = runJob(mailer, id).catch((error: unknown) => error);
  await vi.waitFor(() => expect(smtp.received).toHaveLength(1));
  await runJob(mailer, id);
  expect(added, 'it looks again later').toMatchObject([{ data: { mailId: id }, delayMs: 500 }]);
  await first;
  smtp.behave = () => 'accept';
  await runJob(mailer, id);
  await runJob(mailer, id);
  expect(smtp.received).toHaveLength(2);
});

test('the job of a deleted mail does nothing', async () => {
  const id = await queueOnly();
  await database.pool.query('delete from mail');
  await runJob(realMailer(), id);
  expect(smtp.received).toHaveLength(0);
});

test('without SMTP the mail is printed, and stays readable', async () => {
  const printed: string[] = [];
  const mailer = createMailer({ ...common(), print: (block) => void printed.push(block) });
  await runJob(mailer, await queueOnly());
  expect(printed).toHaveLength(1);
  expect(printed[0]).toContain('To: Ann Example <ann@example.org>');
  expect(printed[0]).toContain(`The code is ${CODE}.`);
  expect(await theMail()).toMatchObject({ state: 'sent', text: mail.text });
  expect(logged).not.toContain(CODE);
});

test('old mails are deleted, and those that were never sent are given up', async () => {
  const fill = `insert into mail (id, to_name, to_address, subject, text, html, state, created_at, sent_at, useful_until)
    select gen_random_uuid(), '', 'a@b.c', $1, 'x', 'x', $2, now() - $3::interval - n * interval '1 ms',
      case when $2 = 'sent' then now() end, now() - $3::interval + interval '1 day' from generate_series(1, $4::int) as n`;
  await database.pool.query(fill, ['recent', 'sent', '1 hour', 230]);
  await database.pool.query(fill, ['lost', 'queued', '25 hours', 1]);
  await database.pool.query(fill, ['old', 'sent', '8 days', 3]);
  const stop = createMailer({ ...common(), print: () => undefined }).start();
  await vi.waitFor(async () => expect(await newestMails(database.db, 1_000)).toHaveLength(200));
  stop();
  expect(new Set((await newestMails(database.db, 1_000)).map(({ subject }) => subject))).toEqual(new Set(['recent']));
  await database.pool.query('delete from mail');
  await database.pool.query(fill, ['lost', 'queued', '25 hours', 1]);
  realMailer().start()();
  await vi.waitFor(async () => expect(await theMail()).toMatchObject({ state: 'failed', text: '' }));
});

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createTeam } from '../faults/harness/people.ts';
import { report } from '../faults/harness/report.ts';
import { allowedMs } from '../faults/harness/run-length.ts';
import { until } from '../faults/harness/until.ts';
import { startNodes } from './nodes.ts';

const DELIVERIES = 1_000;
const WITHIN_MS = allowedMs(60_000);

/** Plans one mail about each of so many notifications, all due now. */
const PLAN = `
  with wanted as (
    select gen_random_uuid() as id, n from generate_series(1, $2::int) n
  ), written as (
    insert into notification (id, account_id, type, cause, title, body, actor_ids, shown, created_at, updated_at)
    select id, $1::uuid, 'order', 'order', 'Order ' || n, '', '{}', true, now(), now() from wanted
  )
  insert into delivery (id, account_id, kind, subject, occurrence, channel, due_at, next_at, useful_until)
  select gen_random_uuid(), $1::uuid, 'notification', id, '1', 'mail', now(), now(), now() + interval '1 hour' from wanted
`;

/** The development mailbox forgets all but the newest mails: here every one is remembered as it is written. */
const REMEMBER = `
  create table written_mail (subject text);
  create function remember_mail() returns trigger language plpgsql as $$
    begin insert into written_mail values (new.subject); return new; end $$;
  create trigger remember after insert on mail for each row execute function remember_mail();
`;

async function open(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** How many mails there are about orders, and how many of them are repetitions. */
async function mailed(client: pg.Client, table = 'written_mail'): Promise<{ sent: number; repeated: number }> {
  const { rows } = await client.query<{ sent: number; repeated: number }>(
    `select count(*)::int as sent, (count(*) - count(distinct subject))::int as repeated
     from ${table} where subject like 'Order %'`,
  );
  return rows[0] ?? { sent: 0, repeated: 0 };
}

/** A worker that does without claims: it sends what it finds planned, then says so. */
async function sendWithoutClaims(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ id: string; title: string }>(
      `select d.id, n.title from naive_delivery d join notification n on n.id = d.subject where d.state = 'planned' limit 50`,
    );
    if (rows.length === 0) return;
    for (const { title } of rows) await client.query('insert into naive_mail (subject) values ($1)', [title]);
    await client.query("update naive_delivery set state = 'sent' where id = any($1)", [rows.map(({ id }) => id)]);
  }
}

test('F26 a node is killed while 1,000 mails fall due in the same minute: each is sent once', async () => {
  const nodes = await startNodes({ count: 2, redisUrl: undefined }, onTestFinished);
  const { members } = await createTeam(nodes.at(0).url, 'ann');
  const [ann] = members;
  const client = await open(nodes.databaseUrl);
  await client.query('update account set email_verified_at = now() where id = $1', [ann?.userId]);
  await client.query(REMEMBER);
  const planned = performance.now();
  await client.query(PLAN, [ann?.userId, DELIVERIES]);
  await until(async () => (await mailed(client)).sent >= DELIVERIES / 10, WITHIN_MS, 'the first mails are sent');
  await nodes.at(0).kill();
  const atKill = await mailed(client);
  const remaining = async () =>
    (await client.query("select from delivery where kind = 'notification' and state <> 'sent'")).rows.length;
  await until(async () => (await remaining()) === 0, WITHIN_MS, 'all deliveries are sent');
  const tookMs = performance.now() - planned;
  // Long enough for a claim of the dead node to be taken back, if any were left.
  await sleep(2_500);
  expect(atKill.sent, 'the node was killed in the middle').toBeLessThan(DELIVERIES);
  expect(await mailed(client)).toEqual({ sent: DELIVERIES, repeated: 0 });

  await client.query(`create table naive_mail (subject text);
    create table naive_delivery as select id, subject, 'planned' as state from delivery`);
  await Promise.all([sendWithoutClaims(client), sendWithoutClaims(await open(nodes.databaseUrl))]);
  const twin = await mailed(client, 'naive_mail');
  expect(twin.repeated, 'twin: without claims, two workers send the same').toBeGreaterThan(0);
  report('F26', {
    deliveries: DELIVERIES,
    sentAtKill: atKill.sent,
    tookMs: Math.round(tookMs),
    twinRepeated: twin.repeated,
  });
}, 300_000);

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createTeam } from '../faults/harness/people.ts';
import { report } from '../faults/harness/report.ts';
import { allowedMs } from '../faults/harness/run-length.ts';
import { until } from '../faults/harness/until.ts';
import { countEffects, openClient, rememberMails } from './deliveries.ts';
import { startNodes } from './nodes.ts';
import { MAILS, NOTICES, PLAN } from './planned-reminders.ts';

const WITHIN_MS = allowedMs(60_000);
/** A node measures the clock of the database every 10 s. */
const NOTICED_MS = 12_000;

/** Replaces the database's clock by one that can be set, for sessions that begin from now on. */
const CLOCK = `
  create schema set_clock;
  create table set_clock.ahead (by interval not null);
  insert into set_clock.ahead values ('0');
  create function set_clock.now() returns timestamptz language sql stable as
    'select pg_catalog.now() + by from set_clock.ahead';
  create function set_clock.clock_timestamp() returns timestamptz language sql volatile as
    'select pg_catalog.clock_timestamp() + by from set_clock.ahead';
  do $$ begin
    execute format('alter database %I set search_path = public, set_clock, pg_catalog', current_database());
  end $$;
`;

test("F37 when the database's clock is set an hour forward and back, nothing is sent early, late, twice or not at all", async () => {
  const nodes = await startNodes({ count: 2, redisUrl: undefined }, onTestFinished);
  const { members } = await createTeam(nodes.at(0).url, 'ann');
  const [ann] = members;
  const client = await openClient(nodes.databaseUrl, onTestFinished);
  await Promise.all([nodes.at(0).kill(), nodes.at(1).kill()]);
  await rememberMails(client);
  await client.query(CLOCK);
  await Promise.all([nodes.restart(0), nodes.restart(1)]);
  const setClock = (by: string) => client.query('update set_clock.ahead set by = $1::interval', [by]);
  const done = async (effects: string) => await countEffects(client, effects);

  await client.query(PLAN, [ann?.userId, 30, '30 minutes', 'later', 'both']);
  await client.query(PLAN, [ann?.userId, 30, '6 seconds', 'meanwhile', 'both']);
  await setClock('1 hour');
  const { rows } = await client.query(
    "select from delivery where kind = 'reminder' and state = 'planned' and next_at <= set_clock.now()",
  );
  expect(rows, 'twin: who goes by the clock as it is would send all of them now').toHaveLength(60);
  await sleep(NOTICED_MS);
  await until(async () => (await done(NOTICES)).done >= 30, WITHIN_MS, 'what is due is sent');
  await until(async () => (await done(MAILS)).done >= 30, WITHIN_MS, 'what is due is mailed');
  expect(await done(NOTICES), 'and nothing else').toEqual({ done: 30, repeated: 0 });

  await setClock('0');
  await client.query(PLAN, [ann?.userId, 30, '3 seconds', 'afterwards', 'both']);
  await until(async () => (await done(NOTICES)).done >= 60, WITHIN_MS, 'what is due afterwards is sent');
  await until(async () => (await done(MAILS)).done >= 60, WITHIN_MS, 'what is due afterwards is mailed');
  await sleep(NOTICED_MS);
  expect(await done(NOTICES)).toEqual({ done: 60, repeated: 0 });
  expect(await done(MAILS)).toEqual({ done: 60, repeated: 0 });
  expect(await done(`${NOTICES} and body like '%late: it was due%'`)).toEqual({ done: 0, repeated: 0 });
  const planned = await client.query<{ state: string; count: number }>(
    "select state, count(*)::int as count from delivery where kind = 'reminder' group by state order by state",
  );
  expect(planned.rows).toEqual([
    { state: 'planned', count: 30 },
    { state: 'sent', count: 60 },
  ]);
  report('F37 deliveries', { sentOnTime: 60, stillPlanned: 30, twinEarly: rows.length - 30 });
}, 180_000);

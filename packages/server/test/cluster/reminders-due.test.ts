import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createTeam } from '../faults/harness/people.ts';
import { report } from '../faults/harness/report.ts';
import { allowedMs } from '../faults/harness/run-length.ts';
import { until } from '../faults/harness/until.ts';
import { countEffects, openClient, rememberMails, twinWithoutClaims } from './deliveries.ts';
import { startNodes } from './nodes.ts';
import { MAILS, NOTICES, PLAN } from './planned-reminders.ts';

const WITHIN_MS = allowedMs(60_000);

async function stillPlanned(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "select count(*)::int as count from delivery where state in ('planned', 'claimed') and kind in ('reminder', 'notification')",
  );
  return rows[0]?.count ?? -1;
}

test('F32 1,000 reminders fall due while the server is off; two nodes start, one is killed: each is sent once, as late', async () => {
  const nodes = await startNodes({ count: 2, redisUrl: undefined }, onTestFinished);
  const { members } = await createTeam(nodes.at(0).url, 'ann');
  await Promise.all([nodes.at(0).kill(), nodes.at(1).kill()]);
  const client = await openClient(nodes.databaseUrl, onTestFinished);
  await rememberMails(client);
  const [ann] = members;
  await client.query(PLAN, [ann?.userId, 900, '-30 minutes', 'shown', 'push']);
  await client.query(PLAN, [ann?.userId, 50, '-30 minutes', 'mailed', 'email']);
  await client.query(PLAN, [ann?.userId, 50, '-13 hours', 'old', 'email']);
  await Promise.all([nodes.restart(0), nodes.restart(1)]);
  const started = performance.now();
  await until(async () => (await countEffects(client, NOTICES)).done >= 100, WITHIN_MS, 'the first are sent');
  await nodes.at(0).kill();
  const atKill = await countEffects(client, NOTICES);
  await until(async () => (await stillPlanned(client)) === 0, WITHIN_MS, 'all are sent');
  const tookMs = performance.now() - started;
  // Long enough for both to sweep again.
  await sleep(2_500);
  expect(atKill.done, 'the node was killed in the middle').toBeLessThan(1_000);
  expect(await countEffects(client, NOTICES)).toEqual({ done: 1_000, repeated: 0 });
  expect(await countEffects(client, MAILS), 'older than the limit: no mail').toEqual({ done: 50, repeated: 0 });
  const late = await countEffects(client, `${NOTICES} and body like '%(late: it was due %'`);
  expect(late.done, 'marked as late').toBe(1_000);
  expect(tookMs).toBeLessThan(allowedMs(120_000));

  const twin = await twinWithoutClaims(nodes.databaseUrl, onTestFinished);
  expect(twin.repeated, 'twin: without claims, two workers send the same').toBeGreaterThan(0);
  report('F32', { reminders: 1_000, sentAtKill: atKill.done, tookMs: Math.round(tookMs), twinRepeated: twin.repeated });
}, 300_000);

/** Sets a process's clock forward or back, like a wrong clock of a machine; the monotonic one is unchanged. */
const wrongClock = (ms: number) =>
  `const Right = Date; globalThis.Date = class Date extends Right {
    constructor(...parts) { parts.length === 0 ? super(Right.now() + ${ms}) : super(...parts); }
    static now() { return Right.now() + ${ms}; } };`;

test('F29 nodes whose clocks are a minute fast and slow remind once, at the time of the database', async () => {
  const clocks = [wrongClock(60_000), wrongClock(-60_000)];
  const nodes = await startNodes({ count: 2, redisUrl: undefined, preload: (index) => clocks[index] }, onTestFinished);
  const { members } = await createTeam(nodes.at(0).url, 'ann');
  const [ann] = members;
  const client = await openClient(nodes.databaseUrl, onTestFinished);
  for (const index of [0, 1]) {
    await until(
      () => nodes.at(index).log.some((line) => line.includes('takes no jobs until the clock is set')),
      WITHIN_MS,
      'the node refuses to take jobs',
    );
  }
  // Her token of one node is valid on the other: both use the database's clock.
  const answer = await fetch(`${nodes.at(1).url}/api/v1/users/me`, {
    headers: { authorization: `Bearer ${ann?.token}` },
  });
  expect(answer.status).toBe(200);
  await client.query(PLAN, [ann?.userId, 50, '3 seconds', 'now', 'push']);
  await client.query(PLAN, [ann?.userId, 50, '50 seconds', 'later', 'push']);
  await until(async () => (await countEffects(client, NOTICES)).done >= 50, WITHIN_MS, 'the first are due');
  await sleep(2_500);
  const { rows } = await client.query<{ early: number; latest: number }>(
    `select count(*) filter (where settled_at < due_at)::int as early,
       max(extract(epoch from settled_at - due_at))::float as latest
     from delivery where kind = 'reminder' and state = 'sent'`,
  );
  expect(rows[0]?.early, 'none is early by the clock of the database').toBe(0);
  expect(rows[0]?.latest).toBeLessThan(allowedMs(15_000) / 1_000);
  expect(await countEffects(client, NOTICES)).toEqual({ done: 50, repeated: 0 });
  expect(await countEffects(client, `${NOTICES} and body like '%late%'`), 'by the clock of the database').toEqual({
    done: 0,
    repeated: 0,
  });

  // The twin uses the clock of its machine, which is fast.
  const twin = await client.query(
    "select from delivery where state = 'planned' and kind = 'reminder' and next_at <= now() + interval '60 seconds'",
  );
  expect(twin.rows.length, 'twin: by its own clock, the fast node would have sent the others too').toBe(50);
  report('F29', { latestSeconds: rows[0]?.latest, twinEarly: twin.rows.length });
}, 180_000);

import { type AtriumClient, createClient } from '@atrium/client';
import { totalAt } from '@atrium/protocol';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createTeam, type Member } from '../faults/harness/people.ts';
import { report } from '../faults/harness/report.ts';
import { recordSocket, type SocketRecorder } from '../socket.ts';
import { startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

const AT_ONCE = 20;
const ROUNDS = 5;

/** Calls of one user in every way: over REST and the socket, on both nodes in turn. */
function roadsOf(clients: readonly AtriumClient[], taps: readonly SocketRecorder[]) {
  return (name: 'start' | 'stop', taskId: string) =>
    Array.from({ length: AT_ONCE }, async (_, at) => {
      const node = at % 2;
      if (at % 4 < 2) {
        const answer = await taps[node]?.call(`timers.${name}`, { taskId });
        return answer?.ok ? 'ok' : (answer?.error.code ?? 'none');
      }
      return clients[node]?.api.timers[name]({ taskId }).then(
        () => 'ok',
        (error: { code: string }) => error.code,
      );
    });
}

const count = (codes: (string | undefined)[], code: string) => codes.filter((each) => each === code).length;

/** Starts and stops a timer like a naive server: reads first, then writes. @returns how many starts succeeded */
async function plainStarts(databaseUrl: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: AT_ONCE });
  onTestFinished(() => pool.end());
  await pool.query('create table plain_session (task int, person int, stopped_at timestamptz)');
  await Promise.all(Array.from({ length: AT_ONCE }, () => pool.query('select pg_sleep(0.05)')));
  const start = async () => {
    const { rows } = await pool.query('select 1 from plain_session where task = 1 and stopped_at is null');
    // The others read in the meantime, however slow the machine is.
    await pool.query('select pg_sleep(0.2)');
    if (rows.length === 0) await pool.query('insert into plain_session values (1, 1, null)');
    return rows.length === 0;
  };
  return (await Promise.all(Array.from({ length: AT_ONCE }, start))).filter(Boolean).length;
}

test('F35 of twenty parallel starts and stops of one timer, on two nodes, over REST and the socket, one succeeds, with an exact total', async () => {
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url }, onTestFinished);
  const { members, workspaceId } = await createTeam(nodes.at(0).url, 'ann', 'ben');
  const [ann, ben] = members as [Member, Member];
  const { id: taskId } = await ann.client.api.tasks.create({ workspaceId, title: 'Count', memberIds: [ben.userId] });
  const tokens = { accessToken: ben.token, refreshToken: '' };
  const clients = [0, 1].map((node) => createClient({ url: nodes.at(node).url, tokens }));
  const taps = await Promise.all([0, 1].map((node) => recordSocket(nodes.at(node).url, ben.token)));
  const witness = await recordSocket(nodes.at(1).url, ann.token);
  for (const tap of [...taps, witness]) onTestFinished(() => tap.close());
  const all = roadsOf(clients, taps);
  for (let round = 0; round < ROUNDS; round += 1) {
    const starts = await Promise.all(all('start', taskId));
    expect(count(starts, 'ok')).toBe(1);
    expect(count(starts, 'timer_running')).toBe(AT_ONCE - 1);
    expect((await ann.client.api.timers.active({ taskId })).items).toHaveLength(1);
    const stops = await Promise.all(all('stop', taskId));
    expect(count(stops, 'ok')).toBe(1);
    expect(count(stops, 'timer_not_running')).toBe(AT_ONCE - 1);
  }
  const told = (type: string) => witness.heard.filter((event) => event.type === type && event.data.taskId === taskId);
  await witness.until(() => told('timer:stopped').length >= ROUNDS);
  expect(told('timer:stopped')).toHaveLength(ROUNDS);
  expect(told('timer:started')).toHaveLength(ROUNDS);

  // Everything at once, in any order: the result is consistent.
  await Promise.all([...all('start', taskId), ...all('stop', taskId), ...all('start', taskId)]);
  await ann.client.api.timers.start({ taskId });
  const day = (shift: number) => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
  const { asOf, total } = await ann.client.api.timesheets.get({ from: day(-2), to: day(2), taskId, timeZone: 'UTC' });
  const live = await ben.client.api.timers.total({ taskId });
  expect(total.ms).toBe(totalAt(live, Date.parse(asOf)));
  const { items } = await ann.client.api.timeEntries.list({ taskId });
  expect(live.baseMs).toBe(items.reduce((ms, { durationMs }) => ms + (durationMs ?? 0), 0));
  expect(items.filter(({ stoppedAt }) => stoppedAt === null)).toHaveLength(live.running.length);

  const twin = await plainStarts(nodes.databaseUrl);
  expect(twin, 'twin: who looks first and writes then starts several').toBeGreaterThan(1);
  report('F35', { rounds: ROUNDS, twin });
});

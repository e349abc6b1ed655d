import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@atrium/client';
import type { EventData, Problem } from '@atrium/protocol';
import { io, type Socket } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../faults/harness/server.ts';
import { until } from '../faults/harness/until.ts';
import { freePort, workDirectory } from '../faults/harness/work-directory.ts';

const PASSWORD = 'correct horse battery staple';
type Tick = EventData['timer:tick'];
/** Two timers in one tick: both count from the same instant. */
const sumOf = ({ baseMs, serverNow, startedAt }: Tick) =>
  startedAt.reduce((sum, start) => sum + Date.parse(serverNow) - Date.parse(start), baseMs);

/** A separate server, as started by anyone, which can be restarted with the same data. */
async function serve() {
  const dataDir = await workDirectory(onTestFinished);
  const port = await freePort();
  let server = startServer({ dataDir, port });
  /** Codes that were read already. */
  let read = 0;
  onTestFinished(() => server.stop().then(() => undefined));
  await server.ready(60_000);
  return {
    url: server.url,
    async restart() {
      await server.stop();
      server = startServer({ dataDir, port });
      await server.ready(60_000);
    },
    /** The next mailed code: without SMTP, mails are printed. */
    async mailedCode(): Promise<string> {
      const codes = () => server.log.join('\n').match(/\b\d{6}(?= is your verification code)/g) ?? [];
      await until(() => codes().length > read, 20_000, 'the mail with the code');
      read = codes().length;
      return codes().at(-1) ?? '';
    },
  };
}

test('two people time one task together, over REST and a plain Socket.IO client', { timeout: 180_000 }, async () => {
  const server = await serve();

  /** A call of the REST API, as from any HTTP client. */
  async function rest<Answer = Record<string, unknown>>(
    method: string,
    path: string,
    { body, token }: { body?: unknown; token?: string } = {},
  ): Promise<Answer> {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Answer & Problem;
    if (!response.ok) throw new Error(`${method} ${path}: ${answer.code} ${answer.detail ?? ''}`);
    return answer;
  }

  async function signUp(name: string) {
    const email = `${name.toLowerCase()}.${randomUUID().slice(0, 8)}@example.org`;
    await rest('POST', '/auth/register', { body: { name, email, password: PASSWORD } });
    const signedIn = () =>
      rest<{ accessToken: string; user: { id: string } }>('POST', '/auth/login', {
        body: { email, password: PASSWORD, transport: 'token' },
      });
    const { accessToken: token } = await signedIn();
    await rest('POST', '/auth/verify-email', { token, body: { otp: await server.mailedCode() } });
    const { accessToken, user } = await signedIn();
    return { token: accessToken, userId: user.id };
  }

  async function connect(token: string) {
    const socket: Socket = io(server.url, { transports: ['websocket'], forceNew: true, auth: { token } });
    onTestFinished(() => void socket.close());
    const ticks: Tick[] = [];
    let hellos = 0;
    socket.on('timer:tick', (tick: Tick) => ticks.push(tick));
    socket.on('hello', () => {
      hellos += 1;
    });
    await until(() => hellos > 0, 20_000, 'hello');
    return { socket, ticks, hellos: () => hellos };
  }

  const ann = await signUp('Ann');
  const ben = await signUp('Ben');
  const { id: workspaceId } = await rest<{ id: string }>('POST', '/workspaces', {
    token: ann.token,
    body: { name: 'Demo' },
  });
  const { code } = await rest<{ code: string }>('GET', `/workspaces/${workspaceId}/join-code`, { token: ann.token });
  await rest('POST', '/workspaces/join', { token: ben.token, body: { code } });
  const { id: taskId } = await rest<{ id: string }>('POST', '/tasks', {
    token: ann.token,
    body: { workspaceId, title: 'Demo Task' },
  });
  await rest('POST', `/tasks/${taskId}/members`, { token: ann.token, body: { userId: ben.userId } });

  const [anns, bens] = [await connect(ann.token), await connect(ben.token)];
  for (const { socket } of [anns, bens]) {
    expect(await socket.emitWithAck('task:join', { taskId })).toMatchObject({ ok: true, data: { totalElapsedMs: 0 } });
  }
  await rest('POST', `/timers/${taskId}/start`, { token: ann.token });
  await rest('POST', `/timers/${taskId}/start`, { token: ben.token });
  for (const { ticks } of [anns, bens]) {
    await until(() => ticks.some(({ activeCount }) => activeCount === 2), 30_000, 'a tick of both');
    const both = ticks.find(({ activeCount }) => activeCount === 2) as Tick;
    expect(both.totalElapsedMs).toBe(sumOf(both));
  }
  await sleep(1_200);
  const stopped = await rest<{ startedAt: string; stoppedAt: string }>('POST', `/timers/${taskId}/stop`, {
    token: ann.token,
  });
  const total = await rest<{ baseMs: number; running: { startedAt: string }[] }>('GET', `/tasks/${taskId}/total`, {
    token: ben.token,
  });
  expect(total.baseMs).toBe(Date.parse(stopped.stoppedAt) - Date.parse(stopped.startedAt));
  expect(total.running).toHaveLength(1);

  await server.restart();
  await until(() => bens.hellos() > 1, 30_000, 'the socket is back');
  const before = bens.ticks.length;
  await bens.socket.emitWithAck('task:join', { taskId });
  await until(() => bens.ticks.length > before, 30_000, 'a tick after the restart');
  const after = bens.ticks.at(-1) as Tick;
  expect(after).toMatchObject({ baseMs: total.baseMs, activeCount: 1, startedAt: [total.running[0]?.startedAt] });
  expect(after.totalElapsedMs).toBe(sumOf(after));

  const { items } = await rest<{ items: unknown[] }>('POST', `/timers/${taskId}/force-stop-all`, { token: ann.token });
  expect(items).toHaveLength(1);
  const entries = await rest<{ items: { durationMs: number }[] }>('GET', `/tasks/${taskId}/time-entries`, {
    token: ann.token,
  });
  const sum = entries.items.reduce((ms, { durationMs }) => ms + durationMs, 0);
  expect(await rest('GET', `/tasks/${taskId}/total`, { token: ann.token })).toMatchObject({
    totalElapsedMs: sum,
    running: [],
  });
});

test('the same with the SDK, which watches again automatically', { timeout: 180_000 }, async () => {
  const server = await serve();
  const signUp = async (name: string) => {
    const email = `${name.toLowerCase()}.${randomUUID().slice(0, 8)}@example.org`;
    const client = createClient({ url: server.url });
    onTestFinished(() => client.close());
    await client.api.auth.register({ name, email, password: PASSWORD });
    await client.signIn({ email, password: PASSWORD });
    await client.api.auth.verifyEmail({ otp: await server.mailedCode() });
    await client.connect();
    return client;
  };
  const [ann, ben] = [await signUp('Ann'), await signUp('Ben')];
  const { id: workspaceId } = await ann.api.workspaces.create({ name: 'Demo' });
  const { code } = await ann.api.workspaces.joinCode({ workspaceId });
  await ben.api.workspaces.join({ code });
  const { id: taskId } = await ann.api.tasks.create({ workspaceId, title: 'Demo Task' });
  await ann.api.tasks.addMember({ taskId, userId: ben.state.me?.id ?? '' });
  for (const client of [ann, ben]) {
    await until(() => taskId in client.state.tasks, 10_000, 'the task is there');
    client.watchTask(taskId);
    await client.call('timers.start', { taskId });
  }
  for (const client of [ann, ben]) {
    await until(() => client.state.ticks[taskId]?.activeCount === 2, 10_000, 'a tick of both');
    const tick = client.state.ticks[taskId] as Tick;
    expect(tick.totalElapsedMs).toBe(sumOf(tick));
  }
  await ann.call('timers.stop', { taskId });
  await until(() => ben.state.tasks[taskId]?.timer.running.length === 1, 10_000, 'the stop arrives');
  const { baseMs } = await ben.api.timers.total({ taskId });
  expect(ben.state.tasks[taskId]?.timer.baseMs).toBe(baseMs);

  const ticks: Tick[] = [];
  ben.on('volatile', ({ data, type }) => type === 'timer:tick' && ticks.push(data));
  const before = ben.totalOf(taskId) ?? 0;
  await server.restart();
  const restarted = ticks.length;
  await until(() => ticks.length > restarted, 30_000, 'ticks are back by themselves');
  expect(ticks.at(-1)).toMatchObject({ baseMs, activeCount: 1 });
  expect(ticks.at(-1)?.totalElapsedMs).toBeGreaterThan(before);

  // A device that was offline knows the total before any tick.
  const newcomer = createClient({ url: server.url, tokens: ben.tokens as NonNullable<typeof ben.tokens> });
  onTestFinished(() => newcomer.close());
  await newcomer.connect();
  expect(newcomer.state.ticks).toEqual({});
  expect(Math.abs((newcomer.totalOf(taskId) ?? 0) - (ben.totalOf(taskId) ?? 0))).toBeLessThan(2_000);

  await ann.api.timers.forceStopAll({ taskId });
  await until(() => ben.state.tasks[taskId]?.timer.running.length === 0, 10_000, 'all have stopped');
  const { items } = await ann.api.timeEntries.list({ taskId });
  const sum = items.reduce((ms, { durationMs }) => ms + (durationMs ?? 0), 0);
  expect(ben.totalOf(taskId)).toBe(sum);
});

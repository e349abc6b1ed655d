import { Agent, request } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startTestSmtp } from '../../src/platform/mail/test-smtp.ts';
import { testDatabase } from '../database.ts';
import { checkNothingLeft } from './harness/checkers.ts';
import { leftInDatabase, withDatabase } from './harness/facts.ts';
import { createTeam, type Team } from './harness/people.ts';
import { report } from './harness/report.ts';
import { allowedMs, shortOrLong } from './harness/run-length.ts';
import { errorsIn, type ServerProcess, startServer } from './harness/server.ts';
import { until } from './harness/until.ts';
import { freePort, workDirectory } from './harness/work-directory.ts';
import { postmasters } from './processes.ts';

/** Requests in flight in each of two waves: a slow machine must answer them within the ten seconds they are given. */
const REQUESTS = shortOrLong(20, 50);
const MAILS = 5;
const STOPPED_WITHIN_MS = allowedMs(15_000);

/** A status, or how the connection ended without one. */
type Answer = number | string;

interface Flight {
  /** Resolves when the server has begun to process it. */
  begun: Promise<void>;
  /** Resolves when the connection is established, which the system does before the server accepts it. */
  connected: Promise<void>;
  answer: Promise<Answer>;
}

interface Shape {
  path: string;
  body: object;
  token?: string | undefined;
  /** A separate connection unless given. */
  agent?: Agent;
  /** Sends the body only when the server has read the headers, and so begun. */
  asksFirst?: boolean;
}

function fly(url: string, { agent, asksFirst = false, body, path: route, token }: Shape): Flight {
  const begun = Promise.withResolvers<void>();
  const connected = Promise.withResolvers<void>();
  const answer = new Promise<Answer>((resolve) => {
    const headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(asksFirst ? { expect: '100-continue' } : {}),
    };
    const options = { method: 'POST', agent: agent ?? (false as const), headers };
    const outgoing = request(`${url}/api/v1${route}`, options, (response) => {
      response.resume();
      response.on('end', () => resolve(response.complete ? (response.statusCode ?? 0) : 'cut in its answer'));
      response.on('error', (error) => resolve(error.message));
    });
    outgoing.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => connected.resolve());
      else connected.resolve();
    });
    outgoing.on('continue', () => {
      outgoing.end(JSON.stringify(body));
      begun.resolve();
    });
    outgoing.on('error', (error) => {
      begun.resolve();
      connected.resolve();
      // No process accepts the connection any more, which is the same as refused.
      resolve(agent && !outgoing.reusedSocket ? 'nobody there' : error.message);
    });
    if (asksFirst) outgoing.flushHeaders();
    else outgoing.end(JSON.stringify(body));
  });
  return { begun: begun.promise, connected: connected.promise, answer };
}

/** Sign-ins, which take some time, and messages. */
function launch(url: string, { members, conversationId }: Team, asksFirst: boolean): Flight[] {
  return Array.from({ length: REQUESTS }, (_, at) => {
    if (at % 2 === 0) {
      const body = { email: `nobody${at}@example.org`, password: 'not the password of anybody' };
      return fly(url, { path: '/auth/login', body, asksFirst });
    }
    const body = { conversationId, content: `message ${at}`, clientMessageId: crypto.randomUUID() };
    return fly(url, { path: '/messages', body, token: members[at % members.length]?.token, asksFirst });
  });
}

/** Signing in with a wrong password is answered with 401, which counts as an answer. */
function isAnswer(answer: Answer): boolean {
  return answer === 201 || answer === 401 || answer === 503;
}

function jobStates(databaseUrl: string): Promise<Record<string, number>> {
  return withDatabase(databaseUrl, async (client) => {
    const { rows } = await client.query<{ state: string; count: number }>(
      'select state::text, count(*)::int as count from bullmq.job group by state',
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  });
}

/** A server whose mails hang at the SMTP server, on a database that survives it. */
async function startWithMail() {
  const smtp = await startTestSmtp();
  const database = await testDatabase();
  onTestFinished(() => smtp.close());
  onTestFinished(() => database.close());
  smtp.behave = () => 'hang';
  const dataDir = path.join(await workDirectory(onTestFinished), 'data');
  const env = { SMTP_URL: smtp.url, DATABASE_URL: database.url };
  const server = startServer({ dataDir, port: await freePort(), env });
  await server.ready();
  return { server, databaseUrl: database.url, mailsTaken: () => smtp.received.length };
}

/** Sends messages one after another over persistent connections, until the server is gone. @returns the answers */
async function hammer(url: string, { members, conversationId }: Team): Promise<Answer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers: Answer[] = [];
  for (;;) {
    const body = { conversationId, content: 'on and on', clientMessageId: crypto.randomUUID() };
    const answer = await fly(url, { path: '/messages', body, token: members[0]?.token, agent }).answer;
    if (answer === 'nobody there') return answers;
    answers.push(answer);
  }
}

async function stopUnderLoad(
  server: ServerProcess,
  team: Team,
  stop: () => Promise<number | NodeJS.Signals>,
): Promise<{ stoppedMs: number }> {
  const flights = launch(server.url, team, true);
  await Promise.all(flights.map(({ begun }) => begun));
  // A second wave that has only just connected.
  flights.push(...launch(server.url, team, false));
  await Promise.all(flights.map(({ connected }) => connected));
  const began = performance.now();
  const code = await stop();
  const stoppedMs = performance.now() - began;
  const answers = await Promise.all(flights.map(({ answer }) => answer));
  expect(answers.filter((answer) => !isAnswer(answer))).toEqual([]);
  expect(code).toBe(0);
  expect(stoppedMs).toBeLessThan(STOPPED_WITHIN_MS);
  expect(server.log.filter((line) => /57P0\d|administrator command|was lost/.test(line))).toEqual([]);
  expect(errorsIn(server.log)).toEqual([]);
  return { stoppedMs };
}

test('F9 told to stop with requests and mails in flight, it answers all, returns jobs and exits normally', async () => {
  const { server, databaseUrl, mailsTaken } = await startWithMail();
  const team = await createTeam(server.url, 'ann', 'bob', 'cleo', 'dan', 'eve');
  await until(() => mailsTaken() >= MAILS, 30_000, 'five mails at the SMTP server');
  const { stoppedMs } = await stopUnderLoad(server, team, () => server.stop());
  const states = await jobStates(databaseUrl);
  const { waiting = 0, delayed = 0, ...others } = states;
  // A delayed one was kept by its SMTP server until it was given up, on a slow machine before the stop.
  expect({ unsent: waiting + delayed, others }).toEqual({ unsent: MAILS, others: {} });
  expect(checkNothingLeft(await leftInDatabase(databaseUrl))).toEqual([]);
  report('F9', { stoppedMs, states });
}, 60_000);

test('F9 interrupted from the terminal, with all its children, it exits just as well', async () => {
  const dataDir = path.join(await workDirectory(onTestFinished), 'data');
  const server = startServer({ dataDir, port: await freePort() });
  await server.ready();
  const team = await createTeam(server.url, 'ann', 'bob');
  const hammering = Promise.all([1, 2, 3, 4].map(() => hammer(server.url, team)));
  await sleep(300);
  const { stoppedMs } = await stopUnderLoad(server, team, () => server.interruptGroup());
  const answers = (await hammering).flat();
  expect(answers.filter((answer) => !isAnswer(answer))).toEqual([]);
  report('F9 interrupted', { stoppedMs, answers: answers.length });
  expect(await postmasters(dataDir)).toEqual([]);
}, 60_000);

test('F9 told twice to stop, it exits immediately', async () => {
  const { server, mailsTaken } = await startWithMail();
  await createTeam(server.url, 'ann');
  await until(() => mailsTaken() >= 1, 30_000, 'a mail that hangs at the SMTP server');
  server.child.kill('SIGTERM');
  await sleep(300);
  expect(server.child.exitCode, 'a job that hangs keeps it from ending at once').toBeNull();
  const began = performance.now();
  await server.stop();
  const endedMs = performance.now() - began;
  report('F9 twice', { endedMs });
  expect(endedMs).toBeLessThan(allowedMs(500));
}, 60_000);

test('F9 control: killed instead of stopped, it leaves requests unanswered', async () => {
  const database = await testDatabase();
  onTestFinished(() => database.close());
  const dataDir = path.join(await workDirectory(onTestFinished), 'data');
  const server = startServer({ dataDir, port: await freePort(), env: { DATABASE_URL: database.url } });
  await server.ready();
  const flights = launch(server.url, await createTeam(server.url, 'ann', 'bob'), true);
  await Promise.all(flights.map(({ begun }) => begun));
  await server.kill();
  const answers = await Promise.all(flights.map(({ answer }) => answer));
  expect(answers.filter((answer) => !isAnswer(answer))).not.toEqual([]);
}, 60_000);

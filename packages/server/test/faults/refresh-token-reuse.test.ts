import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { type Nodes, startNodes } from '../cluster/nodes.ts';
import { recordSocket } from '../socket.ts';
import { until } from './harness/until.ts';
import { ROUNDS } from './processes.ts';

const PASSWORD = 'correct horse battery staple';
const AT_ONCE = 20;
const node = (nodes: Nodes, at: number) => nodes.at(at % 2).url;

interface Answer {
  status: number;
  accessToken: string;
  refreshToken: string;
}

async function post(url: string, route: string, body: object): Promise<Answer> {
  const response = await fetch(`${url}/api/v1${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}

const refresh = (url: string, refreshToken: string) => post(url, '/auth/refresh', { refreshToken });
const me = async (url: string, token: string) =>
  (await fetch(`${url}/api/v1/users/me`, { headers: { authorization: `Bearer ${token}` } })).status;

/** Two server processes that share only their database. */
async function twoNodes() {
  const nodes = await startNodes({ count: 2, redisUrl: undefined }, onTestFinished);
  const client = new pg.Client({ connectionString: nodes.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  const email = `ann.${randomUUID()}@example.org`;
  await post(node(nodes, 0), '/auth/register', { name: 'Ann', email, password: PASSWORD });
  return {
    nodes,
    query: async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows,
    signIn: () => post(node(nodes, 1), '/auth/login', { email, password: PASSWORD }),
    /** The same token, sent to both at once. */
    storm: (token: string) => Promise.all(Array.from({ length: AT_ONCE }, (_, at) => refresh(node(nodes, at), token))),
  };
}

test('F42 twenty refreshes at once with one token, over two nodes: one successor, and nobody is signed out', async () => {
  const { nodes, query, signIn, storm } = await twoNodes();
  let { accessToken, refreshToken } = await signIn();
  const rotations = async () => (await query('select rotated_at, token_hash from session'))[0];
  for (let round = 0; round < 3 * ROUNDS; round += 1) {
    const before = await rotations();
    const answers = await storm(refreshToken);
    expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
    for (const [at, answer] of answers.entries()) expect(await me(node(nodes, at + 1), answer.accessToken)).toBe(200);
    // The answers of half of them are lost: repeated calls inside the grace period get the same.
    const again = await refresh(node(nodes, round), refreshToken);
    expect(again.refreshToken).toBe(answers[0]?.refreshToken);
    const after = await rotations();
    expect(after.token_hash).not.toEqual(before.token_hash);
    expect(await query('select count(*)::int as live from session where revoked_at is null')).toEqual([{ live: 1 }]);
    ({ accessToken, refreshToken } = again);
  }
  expect(await me(node(nodes, 0), accessToken)).toBe(200);
  expect(await query("select 1 from audit_log where kind = 'refresh_token_reused'")).toEqual([]);
});

test('F42 the grace period covers the previous token only: an older one ends the session and its sockets within 2 s', async () => {
  const { nodes, query, signIn, storm } = await twoNodes();
  const [stolen, other] = [await signIn(), await signIn()];
  const [second] = await storm(stolen.refreshToken);
  const [third] = await storm(String(second?.refreshToken));
  const sockets = await Promise.all([0, 1].map((at) => recordSocket(node(nodes, at), third?.accessToken)));
  const bystander = await recordSocket(node(nodes, 0), other.accessToken);
  onTestFinished(() => {
    for (const socket of [...sockets, bystander]) socket.close();
  });
  // The previous token is inside the grace period as long as its successor is unused.
  expect((await refresh(node(nodes, 0), String(second?.refreshToken))).refreshToken).toBe(third?.refreshToken);
  const answers = await storm(stolen.refreshToken);
  expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(401));
  await until(() => sockets.every((socket) => !socket.connected), 2_000, 'the sockets of the session are closed');
  for (const token of [stolen, second, third]) {
    expect((await refresh(node(nodes, 1), String(token?.refreshToken))).status).toBe(401);
    expect(await me(node(nodes, 0), String(token?.accessToken))).toBe(401);
  }
  // Once, however many used the replaced token.
  expect(await query("select count(*)::int as times from audit_log where kind = 'refresh_token_reused'")).toEqual([
    { times: 1 },
  ]);
  expect(bystander.connected).toBe(true);
  expect((await refresh(node(nodes, 1), other.refreshToken)).status).toBe(200);
});

test('F42 a replaced token after the grace period ends the session, also if its own successor was never used', async () => {
  const { nodes, query, signIn, storm } = await twoNodes();
  const first = await signIn();
  const [second] = await storm(first.refreshToken);
  await query("update session set rotated_at = rotated_at - interval '31 seconds'");
  const answers = await storm(first.refreshToken);
  expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(401));
  expect((await refresh(node(nodes, 0), String(second?.refreshToken))).status).toBe(401);
});

import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type AtriumClient, createClient } from '@atrium/client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/platform/database/index.ts';
import { testDatabase } from '../database.ts';
import { withDatabase } from './harness/facts.ts';
import { createTeam } from './harness/people.ts';
import { type ServerProcess, startServer } from './harness/server.ts';
import { freePort } from './harness/work-directory.ts';
import { killProcessesOf } from './processes.ts';

let database: Database;
let directory: string;
let port: number;
let token: string;
let conversationId: string;
let client: AtriumClient;

beforeAll(async () => {
  database = await testDatabase();
  directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-fault-'));
  port = await freePort();
  const server = await start();
  const team = await createTeam(server.url, 'ann');
  conversationId = team.conversationId;
  token = team.members[0]?.token ?? '';
  await server.stop();
});

afterEach(async () => {
  client.close();
  await killProcessesOf(directory);
});

afterAll(async () => {
  await database.close();
  await rm(directory, { recursive: true, force: true });
});

/** @param dieAtCommit the commit, from 1, after which it exits before anything is announced */
async function start(dieAtCommit?: number): Promise<ServerProcess> {
  const env = { DATABASE_URL: database.url };
  const args = [JSON.stringify({ dieAtCommit })];
  const server = startServer({ dataDir: directory, port, env, script: 'serve-sabotaged.ts', args });
  await server.ready();
  return server;
}

/** A signed-in client without automatic retries over REST. */
function connectTo({ url }: ServerProcess): AtriumClient {
  client = createClient({ url, token, tries: 1, deliveredReceipts: false });
  return client;
}

function stored(content: string): Promise<number[]> {
  return withDatabase(database.url, async (connection) => {
    const { rows } = await connection.query<{ seq: number }>('select seq from message where content = $1', [content]);
    return rows.map(({ seq }) => seq);
  });
}

test('F19 killed between commit and answer, the server recognizes the message when it is repeated over REST', async () => {
  const doomed = await start(1);
  const { send } = connectTo(doomed).api.messages;
  const intent = { conversationId, content: 'said by REST', clientMessageId: crypto.randomUUID() };
  await expect(send(intent)).rejects.toMatchObject({ code: 'network' });
  expect(await doomed.ended).toBe('SIGKILL');
  const [seq] = await stored(intent.content);
  expect(seq).toBeGreaterThan(0);

  const server = await start();
  expect(await send(intent)).toMatchObject({ duplicate: true, message: { seq } });
  expect(await stored(intent.content)).toEqual([seq]);

  const control = { ...intent, clientMessageId: crypto.randomUUID() };
  expect(await send(control)).toMatchObject({ duplicate: false });
  expect(await stored(intent.content), 'control: under a new id it is stored again').toHaveLength(2);
  expect(await server.stop()).toBe(0);
});

test('F19 the same over the socket, where the client repeats it automatically', async () => {
  const doomed = await start(1);
  await connectTo(doomed).connect();
  const intent = { conversationId, content: 'said by socket', clientMessageId: crypto.randomUUID() };
  const sending = client.live.api.messages.send(intent);
  expect(await doomed.ended).toBe('SIGKILL');
  const [seq] = await stored(intent.content);
  const server = await start();
  expect(await sending).toMatchObject({ duplicate: true, message: { seq } });
  expect(await stored(intent.content)).toEqual([seq]);
  expect(await server.stop()).toBe(0);
});

test('F19 any other command is repeated with its key, and is carried out once', async () => {
  const doomed = await start(1);
  const { get, update } = connectTo(doomed).api.conversations;
  const change = () => update({ conversationId, topic: 'Beans' }, { key: 'one and the same' });
  await expect(change()).rejects.toMatchObject({ code: 'network' });
  expect(await doomed.ended).toBe('SIGKILL');

  const server = await start();
  const { topic, version } = await get({ conversationId });
  expect(topic).toBe('Beans');
  expect(await change()).toMatchObject({ topic, version });
  expect(await get({ conversationId })).toMatchObject({ version });
  const again = await update({ conversationId, topic: 'Beans' }, { key: 'another' });
  expect(again.version, 'nothing changes, so nothing is counted').toBe(version);
  expect(await server.stop()).toBe(0);
});

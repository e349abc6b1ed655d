import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '../database.ts';
import { createTeam, type Member, type Team } from './harness/people.ts';
import { report } from './harness/report.ts';
import { type ServerProcess, startServer } from './harness/server.ts';
import { freePort, workDirectory } from './harness/work-directory.ts';

const MB = 1_000_000;
/** Three bytes each on the wire, and no word to be indexed: a page of 200 is 4.7 MB. */
const CONTENT = '…'.repeat(7_900);
const PAGE = 200;
const ASKED = 280;
/** The answers in flight at a time, and garbage that was not collected yet. */
const MOST_GROWTH = 350 * MB;
/** Between two polls enough is answered that none is still pending when the next one comes, which would be refused. */
const POLL_MS = 2_500;
/** Ten times as long as for answers that are read. */
const WATCH_MS = 12_000;
/** As long as a busy machine may take to produce so much; it ends as soon as it has. */
const CONTROL_MS = 60_000;

interface Scene extends Team {
  server: ServerProcess;
  ann: Member;
  bob: Member;
}

/** A channel with a page of long messages. */
async function setScene(sabotage: object): Promise<Scene> {
  const database = await testDatabase();
  onTestFinished(() => database.close());
  const dataDir = path.join(await workDirectory(onTestFinished), 'data');
  const args = [JSON.stringify(sabotage)];
  const env = { DATABASE_URL: database.url };
  const server = startServer({ dataDir, port: await freePort(), env, script: 'serve-sabotaged.ts', args });
  onTestFinished(() => server.kill());
  await server.ready();
  const team = await createTeam(server.url, 'ann', 'bob');
  const [ann, bob] = team.members as [Member, Member];
  for (let at = 0; at < PAGE; at += 10) {
    const send = () =>
      ann.client.api.messages.send({
        conversationId: team.conversationId,
        content: CONTENT,
        clientMessageId: crypto.randomUUID(),
      });
    await Promise.all(Array.from({ length: 10 }, send));
  }
  // The heap has the size that a few answers need anyway.
  await Promise.all(Array.from({ length: 6 }, () => listOnce(bob, team.conversationId)));
  return { ...team, server, ann, bob };
}

const listOnce = ({ client }: Member, conversationId: string) =>
  client.api.messages.list({ conversationId, limit: PAGE });

/** Sends commands over one WebSocket and stops reading. */
async function askByWebSocket({ server, ann, conversationId }: Scene): Promise<void> {
  const socket = io(server.url, {
    forceNew: true,
    reconnection: false,
    transports: ['websocket'],
    auth: { token: ann.token },
  });
  onTestFinished(() => void socket.close());
  await new Promise((resolve) => socket.once('hello', resolve));
  const { ws } = socket.io.engine.transport as unknown as { ws: { _socket: net.Socket } };
  ws._socket.pause();
  const input = { conversationId, limit: PAGE };
  for (let at = 0; at < ASKED; at += 1) socket.emit('op', { name: 'messages.list', input }, () => undefined);
}

/** Sends commands over polling; polls occasionally, on connections whose answers are not read. */
async function askByPolling({ server, ann, conversationId }: Scene): Promise<void> {
  const base = `${server.url}/socket.io/?EIO=4&transport=polling`;
  const { sid } = JSON.parse((await (await fetch(base)).text()).slice(1)) as { sid: string };
  const post = (body: string) => fetch(`${base}&sid=${sid}`, { method: 'POST', body });
  await post(`40${JSON.stringify({ token: ann.token })}`);
  while (!(await (await fetch(`${base}&sid=${sid}`)).text()).includes('"hello"'));
  const op = { name: 'messages.list', input: { conversationId, limit: PAGE } };
  const packets = Array.from({ length: ASKED }, (_, at) => `42${at}${JSON.stringify(['op', op])}`);
  await post(packets.join('\u001e'));
  const poll = setInterval(
    () => requestWithoutReading(server, `/socket.io/?EIO=4&transport=polling&sid=${sid}`),
    POLL_MS,
  );
  onTestFinished(() => clearInterval(poll));
}

/** Sends requests over REST, each on a separate connection, and reads none of the answers. */
async function askByRest({ server, ann, conversationId }: Scene): Promise<void> {
  for (let at = 0; at < ASKED; at += 1) {
    requestWithoutReading(server, `/api/v1/conversations/${conversationId}/messages?limit=${PAGE}`, ann.token);
  }
}

function requestWithoutReading({ port }: ServerProcess, target: string, token?: string): void {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.pause();
  const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`;
  socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n${authorization}\r\n`);
  onTestFinished(() => void socket.destroy());
}

/** The maximum growth of the server's memory in the time, or until it is sufficient. */
async function growthOf({ server }: Scene, act: () => Promise<void>, watchMs = WATCH_MS): Promise<number> {
  const before = server.rss();
  let growth = 0;
  await act();
  for (const end = Date.now() + watchMs; Date.now() < end && growth < MOST_GROWTH; ) {
    growth = Math.max(growth, server.rss() - before);
    await sleep(50);
  }
  return growth;
}

const READERS = [
  ['a WebSocket', askByWebSocket],
  ['polling', askByPolling],
  ['REST', askByRest],
] as const;

for (const [by, ask] of READERS) {
  test(`F48 answers over ${by} that nobody reads use a limited amount of memory`, async () => {
    const scene = await setScene({});
    const growth = await growthOf(scene, () => ask(scene));
    report('F48', { by, growthMb: growth / MB });
    expect(growth).toBeLessThan(MOST_GROWTH);
    expect((await listOnce(scene.bob, scene.conversationId)).items).toHaveLength(PAGE);
  }, 90_000);

  test(`F48 control: without the limits, answers over ${by} fill the memory`, async () => {
    const scene = await setScene({ endlessPatience: true });
    const growth = await growthOf(scene, () => ask(scene), CONTROL_MS);
    report('F48 control', { by, growthMb: growth / MB });
    expect(growth).toBeGreaterThanOrEqual(MOST_GROWTH);
  }, 150_000);
}

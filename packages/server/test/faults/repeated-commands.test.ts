import path from 'node:path';
import { createClient, type Message } from '@atrium/client';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '../database.ts';
import type { Member } from './harness/people.ts';
import { seededRandom } from './harness/random.ts';
import { report } from './harness/report.ts';
import { shortOrLong } from './harness/run-length.ts';
import { setUpScene } from './harness/scene.ts';
import { type ServerProcess, startServer } from './harness/server.ts';
import { settle, verify } from './harness/verify.ts';
import { freePort, workDirectory } from './harness/work-directory.ts';

const COMMANDS = shortOrLong(150, 2_000);
const AT_ONCE = 10;

/** Two servers on the same database, which also stores the keys of the instance. */
async function startTwo(): Promise<{ servers: ServerProcess[]; databaseUrl: string }> {
  const database = await testDatabase();
  onTestFinished(() => database.close());
  const directory = await workDirectory(onTestFinished);
  const servers: ServerProcess[] = [];
  for (const name of ['one', 'two']) {
    const env = { DATABASE_URL: database.url };
    const server = startServer({ dataDir: path.join(directory, name), port: await freePort(), env });
    await server.ready();
    servers.push(server);
  }
  return { servers, databaseUrl: database.url };
}

interface Intent {
  conversationId: string;
  content: string;
  clientMessageId: string;
}

/** One way to send: over one server's socket, or over REST. */
type Road = (intent: Intent) => Promise<{ message: Message; duplicate: boolean }>;

/** All ways in which a user can send: over each server's socket and over REST. */
async function roadsOf({ token }: Member, servers: readonly ServerProcess[]): Promise<Road[]> {
  const roads = await Promise.all(
    servers.map(async ({ url }): Promise<Road[]> => {
      const client = createClient({ url, token });
      onTestFinished(() => client.close());
      await client.connect();
      return [client.api.messages.send, client.live.api.messages.send];
    }),
  );
  return roads.flat();
}

test(
  'F18 sent one to three times, by REST and socket, to two servers: stored once, one answer',
  async () => {
    const random = seededRandom('F18');
    const { servers, databaseUrl } = await startTwo();
    const url = servers[0]?.url ?? '';
    const urlOf = (at: number) => servers[at % 2]?.url ?? '';
    const names = ['ann', 'bob'];
    const scene = await setUpScene({ url, databaseUrl, random, cleanup: onTestFinished, names, clients: 4, urlOf });
    const { conversationId, history } = scene;
    const senders = await Promise.all(
      scene.members.map(async (member) => ({ ...member, roads: await roadsOf(member, servers) })),
    );

    const intents = Array.from({ length: COMMANDS }, (_, at) => ({
      sender: senders[at % senders.length]!,
      intent: { conversationId, content: `command ${at}`, clientMessageId: crypto.randomUUID() },
    }));
    let answers = 0;
    const queue = [...intents];
    const work = async () => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        const { intent, sender } = next;
        const line = { client: sender.name, op: intent.content };
        history.add({ kind: 'invoke', ...line, userId: sender.userId, conversationId });
        const times = 1 + Math.floor(random() * 3);
        const roads = Array.from({ length: times }, () => sender.roads[Math.floor(random() * sender.roads.length)]!);
        const acks = await Promise.all(roads.map((road) => road(intent)));
        answers += acks.length;
        const [first] = acks;
        expect(acks.map(({ message }) => message)).toEqual(acks.map(() => first?.message));
        expect(acks.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
        history.add({ kind: 'ok', ...line, seq: first?.message.seq ?? 0 });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));

    const { intent, sender } = intents[0]!;
    for (const road of sender.roads) {
      const other = road({ ...intent, content: 'something else' });
      await expect(other).rejects.toMatchObject({ code: 'idempotency_mismatch', status: 422 });
    }
    await settle(scene);
    expect(await verify(scene)).toEqual([]);
    report('F18', { commands: COMMANDS, answers });

    const control = { client: sender.name, op: 'control' };
    history.add({ kind: 'invoke', ...control, userId: sender.userId, conversationId });
    for (const road of sender.roads.slice(0, 2)) {
      const { message } = await road({ conversationId, content: control.op, clientMessageId: crypto.randomUUID() });
      history.add({ kind: 'ok', ...control, seq: message.seq });
    }
    const faults = (await verify(scene)).join();
    expect(faults, 'control: sent again under another id, it is stored twice').toContain('K1 doubled: control');
    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0]);
  },
  shortOrLong(60_000, 200_000),
);

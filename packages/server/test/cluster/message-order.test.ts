import { expect, onTestFinished, test } from 'vitest';
import { ActionRunner, countBy } from '../faults/harness/action-runner.ts';
import { randomFrom } from '../faults/harness/random.ts';
import { report } from '../faults/harness/report.ts';
import { type Scene, setUpScene } from '../faults/harness/scene.ts';
import { verifyActions, verifyStates } from '../faults/harness/traces.ts';
import { until } from '../faults/harness/until.ts';
import { settle, verify } from '../faults/harness/verify.ts';
import { startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

const SENDS_PER_NODE = 500;
const CLIENTS = 6;
/** After this many messages a client does something with one of them. */
const CHANGED = 6;

test('F20 when two nodes accept 500 messages each for one conversation at once, all clients of both see one order', async () => {
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url }, onTestFinished);
  const random = randomFrom(20);
  const scene = await setUpScene({
    url: nodes.at(0).url,
    urlOf: (at) => nodes.at(at % 2).url,
    databaseUrl: nodes.databaseUrl,
    random,
    cleanup: onTestFinished,
    clients: CLIENTS,
    whole: true,
  });
  const { conversationId } = scene;
  const start = performance.now();
  const each = Math.ceil((2 * SENDS_PER_NODE) / CLIENTS);
  const runners = new Map(
    scene.participants.map((participant) => [participant, new ActionRunner({ participant, conversationId, random })]),
  );
  const talk = async (runner: ActionRunner) => {
    // Threads begin with known messages.
    await runner.say();
    const say = (at: number) => runner.say().then(() => (at % CHANGED === 0 ? runner.change() : undefined));
    await Promise.all(Array.from({ length: each }, (_, at) => say(at)));
  };
  await Promise.all([...runners.values()].map(talk));
  const doneMs = performance.now() - start;
  const settledMs = await settle(scene);
  expect(await verify(scene)).toEqual([]);
  expect(await verifyActions(nodes.databaseUrl, conversationId, [...runners])).toEqual([]);
  expect(await verifyStates(scene.participants, conversationId)).toEqual([]);
  const commands = scene.history.commands();
  expect(commands.filter(({ outcome }) => outcome.kind !== 'ok')).toEqual([]);
  expect(commands.length).toBeGreaterThanOrEqual(2 * SENDS_PER_NODE);
  const actions = [...runners.values()].flatMap((runner) => runner.actions);
  expect(actions.filter(({ code, outcome }) => outcome !== 'ok' && code !== 'conflict')).toEqual([]);

  const orders = await unnumbered(scene);
  expect(orders[1], 'control: what goes out without numbers comes in another order at each node').not.toEqual(
    orders[0],
  );
  report('F20', { sent: commands.length, done: countBy(actions.map(({ name }) => name)), doneMs, settledMs });
});

/** Two users on two nodes type at once. @returns the order in which a reader on each node is told */
async function unnumbered({ conversationId, participants }: Scene): Promise<string[][]> {
  const [ann, bob, ...readers] = participants.slice(0, 4);
  const TIMES = 20;
  const orders = readers.map(({ client }) => {
    const order: string[] = [];
    client.on('volatile', ({ data, type }) => {
      if (type === 'typing') order.push(`${data.userId} ${data.until}`);
    });
    return order;
  });
  const type = async (typist: typeof ann) => {
    for (let at = 0; at < TIMES; at++) await typist?.client.call('typing.start', { conversationId });
  };
  await Promise.all([type(ann), type(bob)]);
  await until(() => orders.every(({ length }) => length === 2 * TIMES), 10_000, 'all that was typed');
  return orders;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Presence } from '@atrium/protocol';
import { test } from 'vitest';
import { createTeam, type Member } from '../faults/harness/people.ts';
import { report } from '../faults/harness/report.ts';
import { allowedMs } from '../faults/harness/run-length.ts';
import { until } from '../faults/harness/until.ts';
import type { Cleanup } from '../faults/harness/work-directory.ts';
import { recordSocket, type SocketRecorder } from '../socket.ts';
import { type Nodes, startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

const OFFLINE_WITHIN_MS = allowedMs(15_000);
/** For messages between nodes, longer than anyone waits for them. */
const TOLD_WITHIN_MS = 20_000;

async function connect(
  nodes: Nodes,
  node: number,
  member: Member | undefined,
  cleanup: Cleanup,
): Promise<SocketRecorder> {
  const tap = await recordSocket(nodes.at(node).url, member?.token);
  cleanup(() => tap.close());
  return tap;
}

/** The presence events that one user got about another, in short: `online`. */
const heardOf = (tap: SocketRecorder, member: Member | undefined) =>
  tap.heard
    .filter(({ type, data }) => type === 'presence:changed' && data.userId === member?.userId)
    .map(({ data }) => data as Presence);
const statuses = (tap: SocketRecorder, member: Member | undefined) => heardOf(tap, member).map(({ status }) => status);

async function shown(
  nodes: Nodes,
  node: number,
  asker: Member | undefined,
  whom: Member | undefined,
): Promise<Presence> {
  const response = await fetch(`${nodes.at(node).url}/api/v1/users/${whom?.userId}/presence`, {
    headers: { authorization: `Bearer ${asker?.token}` },
  });
  return (await response.json()) as Presence;
}

// All of them wait, each on its own nodes; so they run at the same time.
test.concurrent('devices are counted over all nodes; a user with another device stays online; every change is told once', async ({
  expect,
  onTestFinished,
}) => {
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url }, onTestFinished);
  const { members } = await createTeam(nodes.at(0).url, 'ann', 'bob');
  const [ann, bob] = members;
  const here = await connect(nodes, 0, ann, onTestFinished);
  const there = await connect(nodes, 1, ann, onTestFinished);
  const phone = await connect(nodes, 0, bob, onTestFinished);
  await until(
    () => [here, there].every((tap) => statuses(tap, bob).length === 1),
    TOLD_WITHIN_MS,
    'both nodes tell that Bob is here',
  );
  const window = await connect(nodes, 1, bob, onTestFinished);
  const secret = (await bob?.client.api.tokens.create({ name: 'Laptop', scopes: ['read', 'write'] }))?.secret;
  const laptop = await connect(nodes, 1, bob && { ...bob, token: secret ?? '' }, onTestFinished);
  // The window on node 1 is the phone's, seen from both sides.
  await until(async () => (await shown(nodes, 0, ann, bob)).devices === 2, TOLD_WITHIN_MS, 'node 0 counts two');
  expect((await shown(nodes, 1, ann, bob)).devices).toBe(2);

  phone.close();
  await sleep(500);
  expect((await shown(nodes, 1, ann, bob)).devices).toBe(2);
  window.close();
  await until(async () => (await shown(nodes, 1, ann, bob)).devices === 1, TOLD_WITHIN_MS, 'node 1 counts one');
  await sleep(4_000);
  expect([here, there].map((tap) => statuses(tap, bob))).toEqual([['online'], ['online']]);

  await laptop.call('presence.set', { status: 'dnd' });
  await until(
    () => [here, there].every((tap) => statuses(tap, bob).length === 2),
    TOLD_WITHIN_MS,
    'both hear what Bob chose',
  );
  laptop.close();
  await until(
    () => [here, there].every((tap) => statuses(tap, bob).length === 3),
    TOLD_WITHIN_MS,
    'both hear that Bob left',
  );
  await sleep(1_500);
  const all = ['online', 'dnd', 'offline'];
  expect([here, there].map((tap) => statuses(tap, bob))).toEqual([all, all]);
});

test.concurrent('PR-5 users of a killed node are offline within 15 s, those with another device stay, a later node learns all', async ({
  expect,
  onTestFinished,
}) => {
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 3, redisUrl: redis.url }, onTestFinished);
  const { members } = await createTeam(nodes.at(0).url, 'ann', 'bob', 'cleo');
  const [ann, bob, cleo] = members;
  const watcher = await connect(nodes, 0, ann, onTestFinished);
  await connect(nodes, 1, bob, onTestFinished);
  await connect(nodes, 1, cleo, onTestFinished);
  await connect(nodes, 2, cleo, onTestFinished);
  await until(
    () => statuses(watcher, bob).length === 1 && statuses(watcher, cleo).length === 1,
    TOLD_WITHIN_MS,
    'they are here',
  );
  await nodes.at(1).kill();
  const offlineMs = await until(() => statuses(watcher, bob).includes('offline'), OFFLINE_WITHIN_MS, 'Bob is offline');
  // Each node detects it itself, at slightly different times.
  await until(
    async () => (await shown(nodes, 2, ann, bob)).status === 'offline',
    OFFLINE_WITHIN_MS - offlineMs,
    'node 2 shows that Bob is offline',
  );
  expect(await shown(nodes, 2, ann, bob)).toMatchObject({ status: 'offline', devices: 0 });
  expect(await shown(nodes, 2, ann, cleo)).toMatchObject({ status: 'online', devices: 1 });
  expect(statuses(watcher, cleo)).toEqual(['online']);
  await nodes.restart(1);
  await until(
    async () => (await shown(nodes, 1, ann, cleo)).status === 'online',
    TOLD_WITHIN_MS,
    'the new node knows Cleo',
  );
  report('PR-5', { offlineMs });
});

test.concurrent('without Redis nobody appears offline; changes in the meantime are shown when it is back', async ({
  expect,
  onTestFinished,
}) => {
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url }, onTestFinished);
  const { members } = await createTeam(nodes.at(0).url, 'ann', 'bob', 'cleo');
  const [ann, bob, cleo] = members;
  const watcher = await connect(nodes, 0, ann, onTestFinished);
  const bobs = await connect(nodes, 1, bob, onTestFinished);
  const cleos = await connect(nodes, 1, cleo, onTestFinished);
  await until(
    () => statuses(watcher, bob).length === 1 && statuses(watcher, cleo).length === 1,
    TOLD_WITHIN_MS,
    'they are here',
  );
  await redis.kill();
  await sleep(1_000);
  await bobs.call('presence.set', { status: 'away' });
  cleos.close();
  await sleep(10_000);
  expect([statuses(watcher, bob), statuses(watcher, cleo)]).toEqual([['online'], ['online']]);
  await redis.start();
  await until(() => statuses(watcher, bob).includes('away'), TOLD_WITHIN_MS, 'Bob is away');
  await until(() => statuses(watcher, cleo).includes('offline'), TOLD_WITHIN_MS, 'Cleo is offline');
});

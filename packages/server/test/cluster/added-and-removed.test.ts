import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { createTeam } from '../faults/harness/people.ts';
import { report } from '../faults/harness/report.ts';
import { recordSocket, type SeenEvent } from '../socket.ts';
import { startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

const ROUNDS = 40;
const SECRET = 'not for former members';

/** Node 1 takes long to look up the head of a stream, so that followers join when it is already further. */
const slowHeads = `
  const { createRequire } = process.getBuiltinModule('node:module');
  const { Client } = createRequire(${JSON.stringify(import.meta.filename)})('pg');
  const query = Client.prototype.query;
  Client.prototype.query = function (statement, ...more) {
    const text = statement?.text ?? String(statement);
    if (!/from stream where name = any/.test(text) || /for (no key )?update/.test(text)) {
      return query.call(this, statement, ...more);
    }
    return new Promise((resolve) => setTimeout(resolve, 40)).then(() => query.call(this, statement, ...more));
  };`;

test('F23 a user who is added on one node and removed on another at once gets nothing, although one node is slow to follow', async () => {
  const redis = await startRedis(onTestFinished);
  const preload = (index: number) => (index === 1 ? slowHeads : undefined);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url, preload }, onTestFinished);
  const { members, workspaceId } = await createTeam(nodes.at(0).url, 'ann', 'ben');
  const [ann, ben] = members as [(typeof members)[0], (typeof members)[0]];
  const { id: conversationId } = await ann.client.api.conversations.create({
    workspaceId,
    kind: 'channel',
    visibility: 'private',
    name: 'Plans',
  });
  const socket = await recordSocket(nodes.at(1).url, ben.token);
  onTestFinished(() => socket.close());
  // Ann is connected to both, and removes people through the other one.
  const hers = await recordSocket(nodes.at(1).url, ann.token);
  onTestFinished(() => hers.close());
  const where = { conversationId, userId: ben.userId };
  let raced = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = socket.heard.length;
    const has = (type: string) => (heard: readonly SeenEvent[]) =>
      heard.slice(from).some((event) => event.type === type);
    const adding = ann.client.api.conversations.addMember(where);
    // Every second time immediately after he got the event, while his node looks up the head of the stream.
    if (round % 2 === 1) await socket.until(has('conversation:joined'));
    for (;;) if ((await hers.call('conversations.removeMember', where)).ok) break;
    await adding;
    const content = `${SECRET} ${round}`;
    await ann.client.api.messages.send({ conversationId, content, clientMessageId: randomUUID() });
    await socket.until(has('conversation:left'));
    // Its answer comes after everything that was delivered before.
    await socket.call('users.me', {});
    const since = socket.heard.slice(from);
    if (since.some(({ type }) => type === 'conversation:joined')) raced += 1;
    expect(JSON.stringify(since)).not.toContain(content);
  }
  report('F23 over two nodes', { rounds: ROUNDS, raced });
  expect(raced).toBeGreaterThan(0);
}, 120_000);

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createTeam } from '../faults/harness/people.ts';
import { report } from '../faults/harness/report.ts';
import { until } from '../faults/harness/until.ts';
import { recordSocket } from '../socket.ts';
import { startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

test("typing reaches every connection of other users on every node once, and none of the user's own", async () => {
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url }, onTestFinished);
  const team = await createTeam(nodes.at(0).url, 'ann', 'bob');
  const [ann, bob] = team.members;
  const open = async (token: string | undefined, node: number) => {
    const tap = await recordSocket(nodes.at(node).url, token);
    onTestFinished(() => tap.close());
    return tap;
  };
  const annHere = await open(ann?.token, 0);
  const annThere = await open(ann?.token, 1);
  const bobs = [await open(bob?.token, 0), await open(bob?.token, 1), await open(bob?.token, 1)];
  const typingOf = (tap: (typeof bobs)[number]) => tap.heard.filter(({ type }) => type === 'typing');
  await annHere.call('typing.start', { conversationId: team.conversationId });
  await until(() => bobs.every((tap) => typingOf(tap).length > 0), 30_000, 'all of them hear it');
  await sleep(300);
  expect(bobs.map((tap) => typingOf(tap).length)).toEqual([1, 1, 1]);
  expect(typingOf(bobs[2]!)[0]?.data).toMatchObject({ userId: ann?.userId, conversationId: team.conversationId });
  expect([annHere, annThere].flatMap(typingOf)).toEqual([]);
});

test('nodes ignore malformed messages, and those for another instance', async () => {
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url }, onTestFinished);
  const team = await createTeam(nodes.at(0).url, 'ann', 'bob');
  const tap = await recordSocket(nodes.at(1).url, team.members[1]?.token);
  onTestFinished(() => tap.close());
  const channels = await redis.channels();
  const news = channels.find((channel) => channel.endsWith(':news')) ?? '';
  expect(channels).toHaveLength(3);
  const from = '00000000-0000-4000-8000-000000000000';
  const stream = `conversation:${team.conversationId}`;
  const nonsense = [
    '',
    'null',
    '{',
    '[]',
    '{"__proto__":{"kind":"beat"}}',
    'x'.repeat(300_000),
    JSON.stringify({ from, kind: 'heads', heads: { 'elsewhere:1': 5 } }),
    JSON.stringify({ from, kind: 'heads', heads: { [stream]: 'many' } }),
    JSON.stringify({ from, kind: 'volatile', streams: [stream], type: 'message:receive', data: {} }),
    JSON.stringify({ from, kind: 'volatile', streams: [stream], type: 'typing', data: { userId: 'nobody' } }),
    JSON.stringify({ from, kind: 'all', version: 1, part: 5, parts: 2, counts: {} }),
    JSON.stringify({ from, kind: 'word', topic: 'presence:chosen', data: { userId: 1 } }),
  ];
  for (const message of nonsense) await redis.publish(news, message);
  await redis.publish(`${news}.other`, 'for others');
  // Two wrong heads: a head in the future only makes the node read the log.
  await redis.publish(news, JSON.stringify({ from, kind: 'heads', heads: { [stream]: 9_999 } }));
  const said = await team.members[0]?.client.api.messages.send({
    conversationId: team.conversationId,
    clientMessageId: crypto.randomUUID(),
    content: 'still here',
  });
  await tap.until((heard) => heard.some(({ meta }) => meta?.stream === stream && meta.seq === said?.message.seq));
  expect(tap.heard.filter(({ type }) => type === 'typing')).toEqual([]);
  const complaints = nodes.at(1).log.filter((line) => line.includes('that this version does not know'));
  expect(complaints).toHaveLength(1);
  report('nonsense', { complaints: complaints.length });
});

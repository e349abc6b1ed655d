import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startTestPushService } from '../../src/platform/push/test-push-service.ts';
import { createTeam } from '../faults/harness/people.ts';
import { report } from '../faults/harness/report.ts';
import { allowedMs } from '../faults/harness/run-length.ts';
import { until } from '../faults/harness/until.ts';
import { countEffects, openClient, rememberMails, twinWithoutClaims } from './deliveries.ts';
import { startNodes } from './nodes.ts';

const DELIVERIES = 1_000;
const WITHIN_MS = allowedMs(60_000);

/** Plans one mail for each of a number of notifications, all due now. */
const PLAN = `
  with wanted as (
    select gen_random_uuid() as id, n from generate_series(1, $2::int) n
  ), written as (
    insert into notification (id, account_id, type, cause, title, body, actor_ids, shown, created_at, updated_at)
    select id, $1::uuid, 'order', 'order', 'Order ' || n, '', '{}', true, now(), now() from wanted
  )
  insert into delivery (id, account_id, kind, subject, occurrence, channel, due_at, next_at, useful_until)
  select gen_random_uuid(), $1::uuid, 'notification', id, '1', 'mail', now(), now(), now() + interval '1 hour' from wanted
`;

const MAILS = "select subject as effect from written_mail where subject like 'Order %'";

test('F26 when a node is killed while 1,000 mails are due in the same minute, each is sent once', async () => {
  const nodes = await startNodes({ count: 2, redisUrl: undefined }, onTestFinished);
  const { members } = await createTeam(nodes.at(0).url, 'ann');
  const [ann] = members;
  const client = await openClient(nodes.databaseUrl, onTestFinished);
  await rememberMails(client);
  const planned = performance.now();
  await client.query(PLAN, [ann?.userId, DELIVERIES]);
  await until(
    async () => (await countEffects(client, MAILS)).done >= DELIVERIES / 10,
    WITHIN_MS,
    'the first mails are sent',
  );
  await nodes.at(0).kill();
  const atKill = await countEffects(client, MAILS);
  const remaining = async () =>
    (await client.query("select from delivery where kind = 'notification' and state <> 'sent'")).rows.length;
  await until(async () => (await remaining()) === 0, WITHIN_MS, 'all deliveries are sent');
  const tookMs = performance.now() - planned;
  // Long enough for a claim of the crashed node to be released, if any were left.
  await sleep(2_500);
  expect(atKill.done, 'the node was killed in the middle').toBeLessThan(DELIVERIES);
  expect(await countEffects(client, MAILS)).toEqual({ done: DELIVERIES, repeated: 0 });

  const twin = await twinWithoutClaims(nodes.databaseUrl, onTestFinished);
  expect(twin.repeated, 'twin: without claims, two workers send the same').toBeGreaterThan(0);
  report('F26', {
    deliveries: DELIVERIES,
    sentAtKill: atKill.done,
    tookMs: Math.round(tookMs),
    twinRepeated: twin.repeated,
  });
}, 300_000);

test('when a node is killed while it sends a push message, another sends it again, and the device shows it once', async () => {
  const service = await startTestPushService();
  onTestFinished(() => service.close());
  service.behave = (index) => (index === 0 ? 'hang' : { status: 201 });
  const env = { PUSH_PRIVATE_HOSTS: service.host };
  const nodes = await startNodes({ count: 2, redisUrl: undefined, env }, onTestFinished);
  const { members } = await createTeam(nodes.at(0).url, 'ann');
  const [ann] = members;
  if (ann === undefined) throw new Error('Ann is missing.');
  const { publicKey } = await ann.client.api.push.key({});
  const { endpoint, ...keys } = service.device('phone').target;
  await ann.client.api.push.subscribe({ endpoint, keys, publicKey, device: 'Phone' });
  // Either node may send it: the other is started again once the sending one is killed.
  await nodes.at(1).kill();
  const client = await openClient(nodes.databaseUrl, onTestFinished);
  await client.query(PLAN.replaceAll("'mail'", "'push'"), [ann.userId, 1]);
  await until(() => service.received.length === 1, WITHIN_MS, 'the message is being sent');
  await nodes.at(0).kill();
  await nodes.restart(1);
  // As if the claim of the crashed node had reached its maximum age.
  await client.query("update delivery set claimed_until = now() where state = 'claimed'");
  const isSent = async () =>
    (await client.query("select from delivery where channel = 'push' and state = 'sent'")).rows.length === 1;
  await until(isSent, WITHIN_MS, 'the other node sends it');
  // Devices show one message per topic: two requests, and one notification.
  expect(new Set(service.received.map(({ headers }) => headers.topic)).size).toBe(1);
  expect(service.received, 'twin: without the topic it would be shown twice').toHaveLength(2);
}, 120_000);

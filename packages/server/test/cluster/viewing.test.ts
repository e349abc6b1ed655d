import { expect, onTestFinished, test } from 'vitest';
import { startTestPushService } from '../../src/platform/push/test-push-service.ts';
import { createTeam } from '../faults/harness/people.ts';
import { allowedMs } from '../faults/harness/run-length.ts';
import { until } from '../faults/harness/until.ts';
import { recordSocket } from '../socket.ts';
import { openClient } from './deliveries.ts';
import { startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

const WITHIN_MS = allowedMs(30_000);

/** Plans a push message about a task, due now. */
const PLAN = `
  with written as (
    insert into notification (id, account_id, type, cause, title, body, actor_ids, shown, task_id, created_at, updated_at)
    values (gen_random_uuid(), $1::uuid, 'task', 'task_assigned', 'Task', '', '{}', true, $2::uuid, now(), now())
    returning id
  )
  insert into delivery (id, account_id, kind, subject, occurrence, channel, due_at, next_at, useful_until)
  select gen_random_uuid(), $1::uuid, 'notification', id, '1', 'push', now(), now(), now() + interval '1 hour' from written
`;

test('a node does not push what the user looks at on another node, until they look away', async () => {
  const service = await startTestPushService();
  onTestFinished(() => service.close());
  const redis = await startRedis(onTestFinished);
  const env = { PUSH_PRIVATE_HOSTS: service.host };
  const nodes = await startNodes({ count: 2, redisUrl: redis.url, env }, onTestFinished);
  const { members, workspaceId } = await createTeam(nodes.at(0).url, 'ann');
  const [ann] = members;
  if (ann === undefined) throw new Error('Ann is missing.');
  const { publicKey } = await ann.client.api.push.key({});
  const { endpoint, ...keys } = service.device('phone').target;
  await ann.client.api.push.subscribe({ endpoint, keys, publicKey, device: 'Phone' });
  const { id: taskId } = await ann.client.api.tasks.create({ workspaceId, title: 'Water the plants' });
  const client = await openClient(nodes.databaseUrl, onTestFinished);
  const outcomes = async () => {
    const { rows } = await client.query(
      "select coalesce(reason, state) as outcome from delivery where channel = 'push' and state not in ('planned', 'claimed') order by created_at",
    );
    return rows.map(({ outcome }) => outcome);
  };
  const tell = async () => {
    const before = (await outcomes()).length;
    await client.query(PLAN, [ann.userId, taskId]);
    await until(async () => (await outcomes()).length > before, WITHIN_MS, 'it is settled');
    return (await outcomes()).at(-1);
  };
  const tap = await recordSocket(nodes.at(1).url, ann.token);
  onTestFinished(() => tap.close());
  expect(await tell(), 'connected, and looks at nothing').toBe('sent');
  await tap.call('notifications.view', { ids: [taskId] });
  // Either of the two nodes may claim it.
  for (let n = 0; n < 4; n += 1) expect(await tell()).toBe('looking');
  await tap.call('notifications.view', { ids: [] });
  expect(await tell()).toBe('sent');
  expect(service.received).toHaveLength(2);
}, 120_000);

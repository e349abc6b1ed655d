import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';
import { fresh, missedSince, schemaFault, stateAfter, takeCopy } from '../../../test/live-copy.ts';
import { CAST } from './story/cast.ts';

const DAY_MS = 86_400_000;

let app: TestApp;
let you: Person;
beforeAll(async () => {
  app = await testApp();
  await app.listen();
  you = await app.person('You');
});
afterAll(() => app?.close());

const query = async (text: string) => (await app.database.pool.query(text)).rows;
const accounts = () => query('select id from account where deleted_at is null');

/** Sets the user's own username, the only one that can clash with an invented person's. */
async function withUsername(username: string | null): Promise<void> {
  await app.database.pool.query('update account set username = $1 where id = $2', [username, you.userId]);
}

it('fills a new instance in one transaction, publishes events, and is deleted as a whole', async () => {
  await withUsername(CAST.haneul.username);
  await expect(you.call('demo.load', {})).rejects.toMatchObject({ code: 'username_taken' });
  expect(await accounts()).toHaveLength(1);
  await withUsername('you');

  const before = await takeCopy(you);
  const mails = app.mails.length;
  const key = randomUUID();
  const [one, other] = await Promise.allSettled([you.call('demo.load', {}, { key }), you.call('demo.load', {})]);
  expect([one, other].map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect([one, other].find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'in_progress' } });

  const after = await takeCopy(you);
  const workspace = after.snapshot.workspaces.find(({ personal }) => !personal);
  const workspaceId = workspace?.id ?? '';
  expect(workspace).toMatchObject({ name: 'Riverside Garden', role: 'owner' });
  const missed = await missedSince(you, before.snapshot);
  expect(missed.flatMap((event) => schemaFault(event) ?? [])).toEqual([]);
  expect(stateAfter(before, missed)).toEqual(fresh(after));

  // It is history: everything has its own time, in chronological order.
  const general = after.snapshot.conversations.find(
    (each) => each.name === 'general' && each.workspaceId === workspaceId,
  );
  const { items } = await you.call('messages.list', { conversationId: general?.id ?? '' });
  const times = items.map(({ createdAt }) => Date.parse(createdAt));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(Date.now() - times[0]!).toBeGreaterThan(20 * DAY_MS);
  expect(general?.unread).toBeGreaterThan(0);
  const { items: tasks } = await you.call('tasks.list', { workspaceId, scope: 'visible', limit: 100 });
  expect(new Set(tasks.map(({ status }) => status))).toEqual(new Set(['todo', 'in-progress', 'completed']));
  expect((await you.call('analytics.get', {})).streaks.active).toBeGreaterThan(5);
  expect((await you.call('timers.mine', {})).items).toHaveLength(1);
  expect((await you.call('orders.list', { workspaceId })).items).toHaveLength(7);
  expect((await you.call('reminders.list', {})).items).toHaveLength(3);

  // Nobody gets a mail about demo data.
  expect(await query("select 1 from delivery where state in ('planned', 'claimed') and kind = 'notification'")).toEqual(
    [],
  );
  expect(app.mails).toHaveLength(mails);

  await you.call('workspaces.delete', { workspaceId });
  await vi.waitFor(async () => expect(await accounts()).toEqual([{ id: you.userId }]), { timeout: 20_000 });
  expect(await query('select 1 from demo_person')).toEqual([]);
}, 180_000);

it('does not change instances that are in use', async () => {
  await app.person('Other');
  await expect(you.call('demo.load', {})).rejects.toMatchObject({ code: 'conflict' });
});

import type { Scene } from '../../../../test/faults/cast.ts';
import { act, type Case } from '../../../../test/faults/snapshot-case.ts';
import { sweepTimers } from '../forgotten/sweep.ts';

const span = { startedAt: '2026-05-04T08:00:00Z', stoppedAt: '2026-05-04T09:00:00Z', reason: 'By hand' };
const march = { from: '2026-03-01', to: '2026-03-31', timeZone: 'UTC' };

/** A task of Ann's with Bob and Gus as members. */
async function task({ ann, bob, gus, workspaceId }: Scene): Promise<string> {
  const memberIds = [bob.userId, gus.userId];
  return (await ann.call('tasks.create', { workspaceId, title: 'Count the hours', memberIds })).id;
}

/** Prepares a task, and whatever else the case needs. @returns its id as `text` */
const on =
  (...steps: ((scene: Scene, taskId: string) => Promise<unknown>)[]): NonNullable<Case['prepare']> =>
  async (scene) => {
    const taskId = await task(scene);
    for (const step of steps) await step(scene, taskId);
    return { text: taskId };
  };

const start = (who: 'ann' | 'bob' | 'gus') => (scene: Scene, taskId: string) =>
  scene[who].call('timers.start', { taskId });
const prefersOne = ({ bob }: Scene) => bob.call('users.updateMe', { preferences: { oneTimer: true } });

/** Makes the running timers of a task nine hours old. */
async function age({ app }: Scene, taskId: string): Promise<void> {
  const older = "update time_entry set started_at = started_at - interval '9 hours' where task_id = $1";
  await app.database.pool.query(older, [taskId]);
}

/** Bob is asked whether he forgot his timer. */
async function ask({ app, bob }: Scene, taskId: string): Promise<void> {
  const { transact } = app.app;
  await sweepTimers({ database: app.database, transact, clock: { now: () => new Date() } });
  await bob.tap.until((heard) => heard.some(({ type, data }) => type === 'timer:forgotten' && data.taskId === taskId));
}

async function entry(scene: Scene, taskId: string): Promise<string> {
  return (await scene.bob.call('timeEntries.add', { taskId, ...span })).id;
}

export const cases: Record<string, Case> = {
  'timers.start': { prepare: on(), act: ({ bob }, { text }) => bob.call('timers.start', { taskId: text }) },
  'timers.start / and forgotten': {
    prepare: on(start('bob'), age),
    act: (scene, { text }) => ask(scene, text),
  },
  'timers.start / one at a time': {
    prepare: on(prefersOne, start('bob')),
    act: async (scene) => scene.bob.call('timers.start', { taskId: await task(scene) }),
  },
  'timers.stop': { prepare: on(start('bob')), act: ({ bob }, { text }) => bob.call('timers.stop', { taskId: text }) },
  'timers.forceStopAll': {
    prepare: on(start('bob'), start('gus')),
    act: ({ ann }, { text }) => ann.call('timers.forceStopAll', { taskId: text }),
  },
  'timers.join': { prepare: on(start('bob')), act: ({ gus }, { text }) => gus.call('timers.join', { taskId: text }) },
  'timers.leave': act(({ gus, workspaceId }) => gus.call('timers.leave', { taskId: workspaceId })),
  'timeEntries.add': {
    prepare: on(),
    act: ({ ann, bob }, { text }) => ann.call('timeEntries.add', { taskId: text, userId: bob.userId, ...span }),
  },
  'timeEntries.correct': {
    prepare: on(),
    act: async (scene, { text }) => {
      const entryId = await entry(scene, text);
      await scene.ann.call('timeEntries.correct', { entryId, deltaMs: -60_000, reason: 'Lunch' });
    },
  },
  'timeEntries.update': {
    prepare: on(),
    act: async (scene, { text }) => {
      await scene.bob.call('timeEntries.update', { entryId: await entry(scene, text), note: 'Second coat' });
    },
  },
  'rates.setWorkspace': act(({ ann, workspaceId }) =>
    ann.call('rates.setWorkspace', { workspaceId, amountMinor: 5_000 }),
  ),
  'rates.setTask': {
    prepare: on(),
    act: ({ ann }, { text }) => ann.call('rates.setTask', { taskId: text, amountMinor: 5_000 }),
  },
  'periodLocks.lock': {
    prepare: on(start('bob')),
    act: async ({ ann, workspaceId }) => {
      const today = new Date().toISOString().slice(0, 10);
      await ann.call('periodLocks.lock', { workspaceId, from: today, to: today, timeZone: 'UTC' });
    },
  },
  'periodLocks.unlock': {
    act: async ({ ann, workspaceId }) => {
      const { id: lockId } = await ann.call('periodLocks.lock', { workspaceId, ...march });
      await ann.call('periodLocks.unlock', { workspaceId, lockId });
    },
  },
  'timers.stop / a forgotten one': {
    prepare: on(start('bob'), age, ask),
    act: ({ bob }, { text }) => bob.call('timers.stop', { taskId: text, at: 'lastAction' }),
  },
  'tasks.delete / with running timers': {
    prepare: on(start('bob'), start('gus')),
    act: ({ ann }, { text }) => ann.call('tasks.delete', { taskId: text }),
  },
  'tasks.update / completed, with running timers': {
    prepare: on(start('bob'), age, ask),
    act: ({ ann }, { text }) => ann.call('tasks.update', { taskId: text, status: 'completed' }),
  },
  'tasks.removeMember / with a running timer': {
    prepare: on(start('bob'), start('gus')),
    act: ({ ann, bob }, { text }) => ann.call('tasks.removeMember', { taskId: text, userId: bob.userId }),
  },
  'tasks.addMember / to a task with a running timer': {
    prepare: async (scene) => {
      const { ann, workspaceId } = scene;
      const { id } = await ann.call('tasks.create', { workspaceId, title: 'Nobody else' });
      await ann.call('timers.start', { taskId: id });
      return { text: id };
    },
    act: ({ ann, bob }, { text }) => ann.call('tasks.addMember', { taskId: text, userId: bob.userId }),
  },
};

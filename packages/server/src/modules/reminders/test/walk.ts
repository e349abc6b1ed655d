import { defineWalk, type InputFor } from '../../../../test/walk/define.ts';
import { inOpen, nothing, ofColleague } from '../../../../test/walk/inputs.ts';
import type { SharedWorld } from '../../../../test/walk/shared-world.ts';

const soon = () => new Date(Date.now() + 3_600_000).toISOString();
const words = () => ({ message: 'Water the plants', scheduledAt: soon() });

/** The insider has reminders: one of their own, and one that the manager has created for them. */
async function prepare({ w, people }: SharedWorld) {
  const task = await w.manager.call('tasks.create', {
    workspaceId: w.id,
    title: 'Read the news',
    visibility: 'members',
    memberIds: [people.insider.userId],
  });
  const { id: own } = await people.insider.call('reminders.create', { ...words(), taskId: task.id });
  const { id: byManager } = await w.manager.call('reminders.create', { ...words(), userId: people.insider.userId });
  return { taskId: task.id, own, byManager };
}
type Build = InputFor<Awaited<ReturnType<typeof prepare>>>;

const own: Build = ({ own: reminderId }) => ({ reminderId });
const byManager: Build = ({ byManager: reminderId }) => ({ reminderId });
/** A reminder that the caller may complete or delete, once. */
const ofTask: Build = ({ taskId }) => ({ taskId });

export const walk = defineWalk<Awaited<ReturnType<typeof prepare>>>({
  prepare,
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
reminders.create                             401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
reminders.create / about a task              401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
reminders.create / about a message           401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
reminders.create / about an open message     401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
reminders.create / posted                    401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
reminders.create / for a colleague           401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
reminders.list                               401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
reminders.ofTask                             401  unv  404  404  404  404  404  404  ok   ok   404  404  404
reminders.get                                401  unv  404  404  404  404  404  404  ok   404  404  404  404
reminders.get / by the manager               401  unv  404  404  404  404  404  404  ok   ok   404  404  404
reminders.update                             401  unv  unv  404  404  404  404  404  ok   404  404  404  404
reminders.update / by the manager            401  unv  unv  404  404  404  404  404  ok   ok   404  404  404
reminders.snooze                             401  unv  unv  404  404  404  404  404  ok   404  404  404  404
reminders.snooze / by the manager            401  unv  unv  404  404  404  404  404  ok   403  404  404  404
reminders.complete                           401  unv  unv  404  404  404  404  404  ok   404  404  404  404
reminders.complete / by the manager          401  unv  unv  404  404  404  404  404  ok   403  404  404  404
reminders.delete                             401  unv  unv  404  404  404  404  404  ok   404  404  404  404
`,
  inputs: {
    'reminders.create': words,
    'reminders.create / about a task': ({ taskId }) => ({ taskId, scheduledAt: soon() }),
    'reminders.create / about a message': (...world) => ({ ...ofColleague(...world), scheduledAt: soon() }),
    'reminders.create / about an open message': (...world) => ({ ...inOpen(...world), scheduledAt: soon() }),
    'reminders.create / posted': ({ w }) => ({ ...words(), conversationId: w.channel }),
    'reminders.create / for a colleague': ({ w }) => ({ ...words(), userId: w.colleague.userId }),
    'reminders.list': nothing,
    'reminders.ofTask': ofTask,
    'reminders.get': own,
    'reminders.get / by the manager': byManager,
    'reminders.update': (...world) => ({ ...own(...world), message: 'Water the flowers' }),
    'reminders.update / by the manager': (...world) => ({ ...byManager(...world), type: 'push' }),
    'reminders.snooze': (...world) => ({ ...own(...world), until: soon() }),
    'reminders.snooze / by the manager': (...world) => ({ ...byManager(...world), until: soon() }),
    'reminders.complete': own,
    'reminders.complete / by the manager': byManager,
    'reminders.delete': own,
  },
});

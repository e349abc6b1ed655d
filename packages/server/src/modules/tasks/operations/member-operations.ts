import { tasks } from '@atrium/protocol';
import { command, type Implementation, problem } from '../../../platform/module/index.ts';
import { admit } from '../changes/admit.ts';
import { lockForChange } from '../changes/lock.ts';
import { takeOff } from '../changes/take-off.ts';
import { recordActivity } from '../rows/activity-store.ts';
import { insertMembers, memberRoles } from '../rows/member-store.ts';
import { manages, type TaskFacts, taskCanOf } from '../rows/policy.ts';
import type { FullTask } from '../rows/tables.ts';
import { publishMembers } from '../view/publish.ts';
import { answerFor } from '../view/state.ts';
import { announceVisiblePeople } from '../view/visible-people.ts';

const addsMembers = (facts: TaskFacts) => taskCanOf(facts).addMembers;

/** Operations on the members of tasks. */
export const memberOperations: readonly Implementation[] = [
  command(tasks.addMember, async (context) => {
    const { tx, actor, input, now, subject } = context;
    const { userId } = input;
    const change = { userId: actor.userId, task: subject.task, permits: addsMembers, people: [userId] };
    const { task, roles, workspaceRole } = await lockForChange(tx, change);
    if (task.member_ids.includes(userId)) throw problem('already_member');
    const present = (await memberRoles(tx, task.id)).map(({ role }) => role);
    await admit(tx, [{ userId, path: 'userId' }], roles, present);
    await insertMembers(tx, task, [userId], now);
    await recordActivity(tx, { taskId: task.id, actorId: actor.userId, at: now }, [
      { field: 'member', before: null, after: userId },
    ]);
    const after: FullTask = { ...task, member_ids: [...task.member_ids, userId].sort() };
    await publishMembers(context, after, { came: [userId] });
    await announceVisiblePeople(context, after, [userId]);
    await context.tell('task:changed', { changes: [{ before: task, after }] });
    await context.tell('task:assigned', { task: after, userIds: [userId], userId: actor.userId });
    return answerFor(tx, actor.userId, { task: after, workspaceRole });
  }),

  command(tasks.removeMember, async (context) => {
    const { tx, actor, input, now, subject } = context;
    const { userId } = input;
    const change = { userId: actor.userId, task: subject.task, permits: () => true };
    const { task, facts } = await lockForChange(tx, change);
    if (userId !== actor.userId && !manages(facts)) throw problem('forbidden');
    if (!task.member_ids.includes(userId)) throw problem('not_found');
    if (task.member_ids.length === 1 && task.visibility === 'members') {
      throw problem('conflict', 'Nobody would see the task without its last member: delete it instead.');
    }
    await takeOff(context, task, userId);
    await recordActivity(tx, { taskId: task.id, actorId: actor.userId, at: now }, [
      { field: 'member', before: userId, after: null },
    ]);
    return {};
  }),
];

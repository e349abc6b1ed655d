import { type Money, rates } from '@atrium/protocol';
import { command, type Implementation, read } from '../../platform/module/index.ts';
import { lockForChange, manages } from '../tasks/index.ts';
import { openTaskTime, setTaskRate, setWorkspaceRate, taskRate, workspaceRate } from '../time-entries/index.ts';

function wanted({ amountMinor, currency }: { amountMinor: number | null; currency: string }): Money | null {
  return amountMinor === null ? null : { amountMinor, currency };
}

/** Operations on hourly rates. */
export const rateOperations: readonly Implementation[] = [
  read(rates.ofWorkspace, async ({ db, input }) => ({ rate: await workspaceRate(db, input.workspaceId) })),

  command(rates.setWorkspace, async ({ input, tx }) => {
    const rate = wanted(input);
    await setWorkspaceRate(tx, input.workspaceId, rate);
    return { rate };
  }),

  read(rates.ofTask, async ({ db, input }) => ({ rate: await taskRate(db, input.taskId) })),

  command(rates.setTask, async ({ actor, input, subject, tx }) => {
    const rate = wanted(input);
    const { task } = await lockForChange(tx, { userId: actor.userId, task: subject.task, permits: manages });
    await openTaskTime(tx, task);
    await setTaskRate(tx, task.id, rate);
    return { rate };
  }),
];

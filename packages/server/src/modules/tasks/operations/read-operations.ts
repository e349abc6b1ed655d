import { tasks } from '@atrium/protocol';
import { cutPage, type Implementation, idPage, read } from '../../../platform/module/index.ts';
import { activityPage } from '../rows/activity-store.ts';
import { presentActivity } from '../rows/present.ts';
import { answerFor, peopleSeen } from '../view/state.ts';

/** Reads one task. */
export const readOperations: readonly Implementation[] = [
  read(tasks.get, ({ db, actor, subject }) => answerFor(db, actor.userId, subject)),

  read(tasks.activity, async ({ db, actor, input }) => {
    const page = idPage(input);
    const { rows, nextCursor } = cutPage(await activityPage(db, input.taskId, page), page, ({ id }) => id);
    const named = rows.flatMap(({ actor_id, field, before, after }) =>
      [actor_id, ...(field === 'member' ? [before, after] : [])].filter((id) => typeof id === 'string'),
    );
    return { items: rows.map(presentActivity), nextCursor, people: await peopleSeen(db, actor.userId, named) };
  }),
];

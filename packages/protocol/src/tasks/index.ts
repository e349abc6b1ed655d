import { z } from 'zod';
import { feature } from '../core/feature.ts';
import { taskAccess } from './access.ts';
import { taskComments } from './comments.ts';
import { taskEvents } from './events.ts';
import { labels } from './labels.ts';
import { taskSizes } from './limits.ts';
import { tasks } from './operations.ts';
import { label, taskState } from './task.ts';

export * from './comments.ts';
export * from './events.ts';
export * from './labels.ts';
export { dueYears } from './limits.ts';
export * from './operations.ts';
export * from './task.ts';

/** Tasks, their comments and labels. */
export const tasksFeature = feature({
  groups: {
    tasks: { title: 'Tasks', description: 'Tasks, their members, the board and the trash.', operations: tasks },
    taskComments: { title: 'Task comments', description: 'Comments on tasks.', operations: taskComments },
    labels: { title: 'Labels', description: 'The labels of the tasks in a workspace.', operations: labels },
  },
  events: taskEvents,
  access: taskAccess,
  sizes: taskSizes,
  streams: ['task'],
  snapshot: {
    tasks: z.array(taskState).meta({ description: 'Open tasks that you are a member of' }),
    labels: z.array(label).meta({ description: 'Labels of the workspaces in which you are an owner, admin or member' }),
  },
});

import type { ValidValues } from '../../../../test/bad-input/valid-values.ts';

export const validValues: ValidValues = async ({ ann, workspaceId }) => {
  const { id: taskId } = await ann.call('tasks.create', { workspaceId, title: 'Buy nails' });
  const { id: commentId } = await ann.call('taskComments.add', { taskId, content: 'Long ones' });
  const { id: labelId } = await ann.call('labels.create', { workspaceId, name: 'Garden' });
  return { taskId, commentId, labelId };
};

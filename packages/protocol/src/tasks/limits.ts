/** The first and the last year in which a task can be due. */
export const dueYears = { first: 1970, last: 2200 } as const;

export const taskSizes = {
  /** Members of one task. */
  taskMembers: 100,
  /** Labels of one task. */
  taskLabels: 20,
  /** Sub-tasks of one task. */
  subtasks: 200,
  /** Characters of a comment on a task. */
  taskComment: 5_000,
  /** Comments on one task. */
  taskComments: 5_000,
  /** Open tasks that one person is a member of. */
  openTasks: 1_000,
  /** Labels of one workspace. */
  labels: 200,
  /** Tasks changed by one call. */
  bulk: 100,
  /** Messages for which task cards are asked at once. */
  taskCards: 200,
  /** Days that a deleted task can be restored. */
  trashDays: 30,
} as const;

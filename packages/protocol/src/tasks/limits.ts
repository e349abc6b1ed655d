/** The first and the last year in which a task can be due. */
export const dueYears = { first: 1970, last: 2200 } as const;

export const taskSizes = {
  /** Members per task. */
  taskMembers: 100,
  /** Labels per task. */
  taskLabels: 20,
  /** Sub-tasks per task. */
  subtasks: 200,
  /** Characters of a comment on a task. */
  taskComment: 5_000,
  /** Comments per task. */
  taskComments: 5_000,
  /** Open tasks of which one user is a member. */
  openTasks: 1_000,
  /** Labels per workspace. */
  labels: 200,
  /** Tasks per bulk call. */
  bulk: 100,
  /** Messages per request of task cards. */
  taskCards: 200,
  /** Days for which a deleted task can be restored. */
  trashDays: 30,
} as const;

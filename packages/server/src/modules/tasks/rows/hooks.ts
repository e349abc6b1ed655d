import type { FullTask } from './tables.ts';

/** A task before and after a change, with its members. */
export interface TaskChange {
  /** undefined for a new task. */
  before: FullTask | undefined;
  /** undefined for a task that is deleted permanently. */
  after: FullTask | undefined;
}

declare module '../../../platform/module/index.ts' {
  interface Hooks {
    /**
     * Tasks were created or changed, got or lost members, were deleted or restored; they are locked. Called for every
     * change of fields, members or `deleted_at`; before `task:completed`.
     */
    'task:changed': { changes: readonly TaskChange[] };
    /** A task was completed by `userId`; it is locked. */
    'task:completed': { task: FullTask; userId: string };
    /** A completed task got its next occurrence. */
    'task:recurred': { task: FullTask; next: FullTask };
    /** `userId` added members to a task, which is locked or new. */
    'task:assigned': { task: FullTask; userIds: readonly string[]; userId: string };
    /** A comment mentions members of a task other than its author. */
    'task:mentioned': { task: FullTask; commentId: string; authorId: string; userIds: readonly string[] };
    /** A member is about to be removed from a task, which is locked and still has them. */
    'task:memberRemoved': { task: FullTask; userId: string };
    /** Tasks are about to be moved to the trash; they are locked and unchanged. */
    'task:trashed': { tasks: readonly FullTask[] };
    /** Tasks are being deleted permanently: delete now what is stored for them. Nobody sees them any more. */
    'task:removing': { taskIds: readonly string[] };
  }
}

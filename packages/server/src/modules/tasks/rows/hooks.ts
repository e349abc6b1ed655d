import type { FullTask } from './tables.ts';

/** A task before and after a change, with its members. */
export interface TaskChange {
  /** undefined: it is new. */
  before: FullTask | undefined;
  /** undefined: it is removed for good. */
  after: FullTask | undefined;
}

declare module '../../../platform/module/index.ts' {
  interface Hooks {
    /**
     * Tasks, which are locked, came, changed, got or lost members, went to the trash or came back: told of every change of
     * fields or members, and of `deleted_at`; before `task:completed`.
     */
    'task:changed': { changes: readonly TaskChange[] };
    /** A task became completed, by `userId`; it is locked. */
    'task:completed': { task: FullTask; userId: string };
    /** A completed task comes back as another one. */
    'task:recurred': { task: FullTask; next: FullTask };
    /** People became members of a task, by `userId`; it is locked, or new. */
    'task:assigned': { task: FullTask; userIds: readonly string[]; userId: string };
    /** A comment mentions members of a task, its author not among them. */
    'task:mentioned': { task: FullTask; commentId: string; authorId: string; userIds: readonly string[] };
    /** Someone goes as a member of a task, which is locked and still has them. */
    'task:memberRemoved': { task: FullTask; userId: string };
    /** Tasks go to the trash; they are locked and still as they were. */
    'task:trashed': { tasks: readonly FullTask[] };
    /** Tasks are removed for good: what is kept of them goes now. Nobody sees them any more. */
    'task:removing': { taskIds: readonly string[] };
  }
}

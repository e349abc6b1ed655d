import type { Executor } from '../../../platform/database/index.ts';
import { type AccessHolds, type AccessLoaders, problem, type UserActor } from '../../../platform/module/index.ts';
import {
  holdTaskWorkspace,
  manages,
  type TaskFacts,
  type TaskSubject,
  taskById,
  taskCanOf,
  taskFor,
} from '../../tasks/index.ts';
import { entryById, type TimeEntryRow } from '../../time-entries/index.ts';
import { type EntryFacts, mayEditEntry, maySeeEntry } from '../rows/policy.ts';

/** The subject of the access rule for entries. */
export interface EntrySubject extends TaskSubject {
  entry: TimeEntryRow;
}

declare module '../../../platform/module/index.ts' {
  interface AccessSubjects {
    'task:tracker': TaskSubject;
    'timeEntry:editor': EntrySubject;
  }
}

/** Whether the person may track time on the task. */
export function mayTrack(facts: TaskFacts): boolean {
  return taskCanOf(facts).track;
}

/** The facts about an entry of a task that the caller sees. */
export function entryFactsOf(entry: TimeEntryRow, userId: string, facts: TaskFacts): EntryFacts {
  return {
    isOwn: entry.account_id === userId,
    tracks: mayTrack(facts),
    manages: manages(facts),
    sees: true,
    kind: entry.kind,
    isRunning: entry.stopped_at === null,
  };
}

async function taskSubject(db: Executor, userId: string, taskId: string): Promise<TaskSubject> {
  return taskFor(db, userId, await taskById(db, taskId));
}

/** Loads tasks for people who track time on them, and entries for people who may change them. */
export const timerAccess: AccessLoaders = {
  async 'task:tracker'(db, actor: UserActor, input) {
    const subject = await taskSubject(db, actor.userId, String(input.taskId));
    if (!mayTrack(subject.facts)) throw problem('forbidden');
    return subject;
  },

  async 'timeEntry:editor'(db, { userId }: UserActor, input) {
    const entry = await entryById(db, String(input.entryId));
    if (entry === undefined) throw problem('not_found');
    const subject = await taskSubject(db, userId, entry.task_id);
    const facts = entryFactsOf(entry, userId, subject.facts);
    if (!maySeeEntry(facts)) throw problem('not_found');
    if (!mayEditEntry(facts)) throw problem('forbidden');
    return { ...subject, entry };
  },
};

/** Locks what the access rules about time depend on. */
export const timerHolds: AccessHolds = {
  'task:tracker': holdTaskWorkspace,
  async 'timeEntry:editor'(tx, actor, input, how) {
    const entry = await entryById(tx, String(input.entryId));
    if (entry !== undefined) await holdTaskWorkspace(tx, actor, { taskId: entry.task_id }, how);
  },
};

import type { TimeEntry } from '@atrium/protocol';

/** The facts about an entry and the caller. */
export interface EntryFacts {
  isOwn: boolean;
  /** The caller sees the task, is a member of it and may track time on it. */
  tracks: boolean;
  /** The caller manages the task, or is an admin of its workspace. */
  manages: boolean;
  /** The caller sees the task. */
  sees: boolean;
  kind: TimeEntry['kind'];
  isRunning: boolean;
}

/** Whether the caller sees the entry. People see their own entries also after they have left the task. */
export function maySeeEntry({ isOwn, sees }: EntryFacts): boolean {
  return isOwn || sees;
}

/** Whether the caller may change its note, or correct it. */
export function mayEditEntry({ isOwn, tracks, manages, sees }: EntryFacts): boolean {
  return sees && ((isOwn && tracks) || manages);
}

/** What the caller may do with an entry; sent with it. */
export function entryCanOf(facts: EntryFacts): TimeEntry['can'] {
  const edits = mayEditEntry(facts);
  return { update: edits, correct: edits && !facts.isRunning && facts.kind !== 'correction' };
}

import type { TimeEntry } from '@atrium/protocol';

/** The facts about an entry and the caller. */
export interface EntryFacts {
  isOwn: boolean;
  /** They see the task, are a member of it and may track time on it. */
  tracks: boolean;
  /** They manage the task, or run its workspace. */
  manages: boolean;
  /** They see the task. */
  sees: boolean;
  kind: TimeEntry['kind'];
  isRunning: boolean;
}

/** May they know of the entry? One's own is visible also after one has left the task. */
export function maySeeEntry({ isOwn, sees }: EntryFacts): boolean {
  return isOwn || sees;
}

/** May they change its note, or correct it? */
export function mayEditEntry({ isOwn, tracks, manages, sees }: EntryFacts): boolean {
  return sees && ((isOwn && tracks) || manages);
}

/** What the caller may do with an entry; sent with it. */
export function entryCanOf(facts: EntryFacts): TimeEntry['can'] {
  const edits = mayEditEntry(facts);
  return { update: edits, correct: edits && !facts.isRunning && facts.kind !== 'correction' };
}

import type { TimeEntry } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import type { TaskSubject } from '../../tasks/index.ts';
import { overlappingAmong, type TimeEntryRow } from '../../time-entries/index.ts';
import { entryCanOf } from '../rows/policy.ts';
import { presentEntry } from '../rows/present.ts';
import { entryFactsOf } from '../view/access.ts';

/** Entries of one task as presented to a user who sees it. */
export async function showEntries(
  db: Executor,
  entries: readonly TimeEntryRow[],
  { userId, subject, now }: { userId: string; subject: Pick<TaskSubject, 'facts' | 'workspaceRole'>; now: Date },
): Promise<TimeEntry[]> {
  const overlapping = await overlappingAmong(
    db,
    entries.map(({ id }) => id),
    now,
  );
  const { facts, workspaceRole } = subject;
  return entries.map((entry) =>
    presentEntry(entry, {
      overlaps: overlapping.has(entry.id),
      showsRate: workspaceRole === 'owner' || workspaceRole === 'admin',
      can: entryCanOf(entryFactsOf(entry, userId, facts)),
    }),
  );
}

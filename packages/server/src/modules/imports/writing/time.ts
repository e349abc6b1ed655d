import { newId } from '../../../platform/new-id.ts';
import type { TimeRow } from '../rows/neutral.ts';
import { cutTo, storable } from '../rows/text.ts';
import type { Batch } from './batch.ts';
import { authorOf } from './people.ts';
import { trackedTask } from './tasks.ts';

const MOST_NOTE = 500;
const NAMES: Readonly<Record<string, string>> = { toggl: 'Toggl', clockify: 'Clockify', atrium: 'another Atrium' };

/** Enters time that was tracked elsewhere. */
export async function writeTime(batch: Batch, row: TimeRow): Promise<string> {
  const userId = await authorOf(batch, row.person, undefined);
  const taskId = await trackedTask(batch, row.task, userId);
  const note = cutTo(storable(row.note), MOST_NOTE);
  if (note.isCut) batch.notes.push('the note is cut');
  if (batch.isDry) return newId();
  const { source } = batch.job;
  const { id } = await batch.as(userId, row.stoppedAt).timeEntries.add({
    taskId,
    startedAt: row.startedAt.toISOString(),
    stoppedAt: row.stoppedAt.toISOString(),
    note: note.text,
    billable: row.billable,
    reason: `Imported from ${NAMES[source] ?? source}`,
  });
  return id;
}

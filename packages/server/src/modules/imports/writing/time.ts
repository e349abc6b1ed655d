import { newId } from '../../../platform/new-id.ts';
import type { CorrectionRow, TimeRow } from '../rows/neutral.ts';
import { cutTo, storable } from '../rows/text.ts';
import { type Batch, LeftOut } from './batch.ts';
import { authorOf } from './people.ts';
import { trackedTask } from './tasks.ts';

const MOST_NOTE = 500;
const NAMES: Readonly<Record<string, string>> = { toggl: 'Toggl', clockify: 'Clockify', atrium: 'another Atrium' };

/** Adds a time entry. */
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

/** Adds a correction, as the owner, whoever made it in the source. */
export async function writeCorrection(batch: Batch, row: CorrectionRow): Promise<string> {
  const entryId = await batch.mapped('time', row.time);
  if (entryId === undefined) throw new LeftOut('the time that it corrects was left out');
  if (batch.isDry) return newId();
  const reason = cutTo(storable(row.reason), MOST_NOTE).text.trim() || 'Corrected';
  const { ownerId } = batch.job;
  const { id } = await batch.as(ownerId, row.at).timeEntries.correct({ entryId, deltaMs: row.deltaMs, reason });
  return id;
}

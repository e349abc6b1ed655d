import type { InputNamed } from '@atrium/client';
import { t } from '@lingui/core/macro';
import { problemText } from '../../i18n/problems.ts';
import { announce } from '../../live/announce.ts';
import { client } from '../../live/client.ts';
import { queries } from '../../live/queries.ts';
import { showToast } from '../../ui/toast/toasts.ts';

/** Enters time by hand. Throws AtriumError when it is refused. */
export async function addTime(input: InputNamed<'timeEntries.add'>): Promise<void> {
  await client.call('timeEntries.add', input);
  askAgain();
}

/** Corrects an entry; the entry itself stays as it was. Throws AtriumError when it is refused. */
export async function correctTime(input: InputNamed<'timeEntries.correct'>): Promise<void> {
  await client.call('timeEntries.correct', input);
  askAgain();
}

/** No event says so where I do not follow the task, such as for the time of others. */
function askAgain(): void {
  for (const name of ['timesheets.get', 'timeEntries.list']) void queries.invalidateQueries({ queryKey: [name] });
}

/** Makes a file of the times and has the browser save it. */
export async function exportTime(input: InputNamed<'timesheets.export'>): Promise<void> {
  try {
    const { url } = await client.call('timesheets.export', input);
    location.assign(url);
  } catch (error) {
    refused(t`The file was not made`, error);
  }
}

/** Locks days of a workspace. Throws AtriumError when it is refused. */
export async function lockPeriod(input: InputNamed<'periodLocks.lock'>): Promise<void> {
  await client.call('periodLocks.lock', input);
  await queries.invalidateQueries({ queryKey: ['periodLocks.list'] });
}

/** Unlocks a period. */
export async function unlockPeriod(workspaceId: string, lockId: string): Promise<void> {
  try {
    await client.call('periodLocks.unlock', { workspaceId, lockId });
    await queries.invalidateQueries({ queryKey: ['periodLocks.list'] });
  } catch (error) {
    refused(t`The period was not unlocked`, error);
  }
}

/** Ends a timer that was forgotten: now, or with the last thing that I did. */
export async function stopForgotten(
  { entryId, taskId }: { entryId: string; taskId: string },
  at: 'now' | 'lastAction',
): Promise<void> {
  try {
    await client.call('timers.stop', { taskId, entryId, at });
    announce(t`Timer stopped`);
  } catch (error) {
    refused(t`The timer was not stopped`, error);
  }
}

function refused(title: string, error: unknown): void {
  showToast({ kind: 'problem', title, body: problemText(error) });
}

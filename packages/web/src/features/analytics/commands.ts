import type { InputNamed } from '@atrium/client';
import { t } from '@lingui/core/macro';
import { problemText } from '../../i18n/problems.ts';
import { client } from '../../live/client.ts';
import { showToast } from '../../ui/toast/toasts.ts';

/** Sets goals and days off. Throws AtriumError when they are refused. */
export async function saveGoals(
  goals: InputNamed<'analytics.setGoals'>,
  weekdays: InputNamed<'analytics.setDaysOff'>['weekdays'],
): Promise<void> {
  await client.call('analytics.setGoals', goals);
  await client.call('analytics.setDaysOff', { weekdays });
}

/** Pauses the streak. Throws AtriumError when it is refused. */
export async function addPause(pause: InputNamed<'analytics.addPause'>): Promise<void> {
  await client.call('analytics.addPause', pause);
}

/** Ends a pause. */
export async function endPause(pauseId: string): Promise<void> {
  try {
    await client.call('analytics.endPause', { pauseId });
  } catch (error) {
    showToast({ kind: 'problem', title: t`The pause was not ended`, body: problemText(error) });
  }
}

/** A table of the analytics of a workspace. */
export type CsvTable = 'days' | 'people' | 'categories';

/** Has the browser save a table. */
export function saveAsCsv(
  { workspaceId, from, to }: { workspaceId: string; from: string; to: string },
  table: CsvTable,
): void {
  location.assign(`/api/v1/workspaces/${workspaceId}/analytics.csv?${new URLSearchParams({ from, to, table })}`);
}

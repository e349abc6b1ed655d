import type { App } from '../../packages/server/src/app.ts';
import { countSome } from '../../packages/server/src/modules/analytics/messages/counting.ts';
import type { Database } from '../../packages/server/src/platform/database/index.ts';
import { callAs } from '../lib/callers.ts';
import { cpuSeconds } from '../lib/cpu.ts';
import { type Latency, measure } from '../lib/latency.ts';
import { withPatientClient } from '../lib/patient-client.ts';
import { type Busy, fillWorkspace, sayMore } from './fill-workspace.ts';

const DAY_MS = 86_400_000;
/** Messages of a minute at 300 a second. */
const MINUTE = 18_000;

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** What the analytics of a workspace cost, and CPU milliseconds for counting a thousand messages. */
export async function measureWorkspace(
  { app, database, busy, calls }: { app: App; database: Database; busy: Busy; calls: number },
  pids: readonly number[],
): Promise<{ rows: Latency[]; countingMs: number }> {
  const { ownerId, workspaceId } = await withPatientClient(database.url, (client) => fillWorkspace(client, busy));
  const before = cpuSeconds(pids);
  while (await database.transaction(countSome));
  const countingMs = ((cpuSeconds(pids) - before) / busy.messages) * 1_000_000;
  const api = callAs(app, ownerId);
  const read = (days: number) => () =>
    api.analytics.ofWorkspace({
      workspaceId,
      from: dayOf(Date.now() - (days - 1) * DAY_MS),
      to: dayOf(Date.now()),
    });
  const rows = [
    await measure('workspace, 30 days', calls, pids, read(30)),
    await measure('workspace, a year', calls, pids, read(365)),
  ];
  await withPatientClient(database.url, (client) => sayMore(client, workspaceId, MINUTE));
  rows.push(await measure(`workspace, 30 days, ${MINUTE} messages uncounted`, calls, pids, read(30)));
  return { rows, countingMs };
}

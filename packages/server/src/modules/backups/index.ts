import { z } from 'zod';
import { openBackupDestination } from '../../platform/backup/index.ts';
import { defineJob, PermanentFailure } from '../../platform/jobs/index.ts';
import type { Log } from '../../platform/log/index.ts';
import type { Module } from '../../platform/module/index.ts';
import { backupState } from './run-store.ts';
import { type BackupSettings, reasonWithoutKeys, type StoreBackupDeps, storeBackup } from './store-backup.ts';

export { checkBackups } from './check.ts';
export { instanceSource } from './source.ts';
export { type BackupSettings, type StoredResult, storeBackup } from './store-backup.ts';

const HOUR_MS = 3_600_000;
/** The job runs once an hour; this keeps a backup that is due a minute later from waiting another hour. */
const EARLY_MS = HOUR_MS / 2;
const storeJob = defineJob('backups.store', z.strictObject({}));

/** Scheduled backups. */
export function backupsModule(
  deps: Omit<StoreBackupDeps, 'settings'> & { log: Log; backups?: BackupSettings | undefined },
): Module {
  const { backups: settings, database } = deps;
  if (settings === undefined) return { name: 'backups', operations: [] };
  const { label } = openBackupDestination(settings.to);
  return {
    name: 'backups',
    operations: [],
    jobs: [storeJob.handledBy((_data, { signal }) => storeIfDue({ ...deps, settings }, label, signal))],
    periodic: [{ job: storeJob, everyMs: Math.min(HOUR_MS, settings.everyHours * HOUR_MS) }],
    metrics: [
      {
        name: 'atrium_backup_last_success_timestamp_seconds',
        help: 'When the last backup into BACKUP_TO was complete.',
        type: 'gauge',
        async read() {
          const { success } = await backupState(database.db, label);
          return success === undefined ? [] : [{ value: success.endedAt.getTime() / 1_000 }];
        },
      },
      {
        name: 'atrium_backup_failing',
        help: '1 if the last backup into BACKUP_TO failed, 0 if not.',
        type: 'gauge',
        read: async () => [{ value: (await backupState(database.db, label)).failure === undefined ? 0 : 1 }],
      },
    ],
  };
}

/** No retry within the hour, since an attempt seconds later would fail the same way. The next run tries again. */
async function storeIfDue(deps: StoreBackupDeps & { log: Log }, place: string, signal: AbortSignal): Promise<void> {
  const { clock, database, log, settings } = deps;
  const { failure, success } = await backupState(database.db, place);
  const age = clock.now().getTime() - (success?.endedAt.getTime() ?? Number.NEGATIVE_INFINITY);
  if (failure === undefined && age < settings.everyHours * HOUR_MS - EARLY_MS) return;
  try {
    const { name, bytes, removed } = await storeBackup(deps, { signal });
    log.info({ name, bytes, removed }, 'stored a backup');
  } catch (error) {
    if (signal.aborted) throw error;
    throw new PermanentFailure(`The backup failed: ${reasonWithoutKeys(error, settings.to)}`);
  }
}

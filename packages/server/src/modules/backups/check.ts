import { openBackupDestination } from '../../platform/backup/index.ts';
import type { Executor } from '../../platform/database/index.ts';
import { type Finding, failed, instanceSince, ok, reasonOf, warning } from '../../platform/doctor/index.ts';
import { backupState } from './run-store.ts';
import type { BackupSettings } from './store-backup.ts';

const HOUR_MS = 3_600_000;
/** While somebody is trying out a new instance, there is nothing to lose. */
const NEW_MS = 72 * HOUR_MS;
/** One backup may be late or fail. */
const PERIODS = 2;

/** Checks that backups are taken, succeed, and still exist. */
export async function checkBackups(
  db: Executor,
  { now, settings }: { now: Date; settings: BackupSettings | undefined },
): Promise<Finding> {
  if (settings === undefined) return noneScheduled(await instanceSince(db), now);
  const place = openBackupDestination(settings.to);
  const { failure, success } = await backupState(db, place.label);
  if (failure !== undefined) {
    const last = success === undefined ? 'There is none yet.' : `The last one is of ${timeOf(success.endedAt)}.`;
    return failed(
      `The backup of ${timeOf(failure.endedAt)} into ${place.label} failed: ${failure.reason} ${last}`,
      'Check BACKUP_TO and the room there, then run "atrium backup --stored". It is tried again every hour.',
    );
  }
  if (success === undefined) {
    return warning(
      `No backup is in ${place.label} yet.`,
      'The server takes the first one within minutes of its start.',
    );
  }
  if (now.getTime() - success.endedAt.getTime() > PERIODS * settings.everyHours * HOUR_MS) {
    return failed(
      `The last backup in ${place.label} is of ${timeOf(success.endedAt)}, although one is due every ${settings.everyHours} h.`,
      'See whether the server runs with BACKUP_TO, and what its log and the job queue say of "backups.store".',
    );
  }
  return checkPresence(place, success);
}

async function checkPresence(
  place: ReturnType<typeof openBackupDestination>,
  success: { name: string; endedAt: Date; bytes: number },
): Promise<Finding> {
  let kept: Awaited<ReturnType<typeof place.list>>;
  try {
    kept = await place.list();
  } catch (error) {
    return failed(`${place.label} cannot be read: ${reasonOf(error)}`, 'Check BACKUP_TO, and that the place is there.');
  }
  const found = kept.find(({ name }) => name === success.name);
  if (found?.bytes !== success.bytes) {
    const what = found === undefined ? 'is not there' : `has ${found.bytes} bytes instead of ${success.bytes}`;
    return failed(
      `${success.name} ${what} in ${place.label}.`,
      'See who removes or changes files there, and run "atrium backup --stored". Each node needs the same place.',
    );
  }
  const count = kept.length === 1 ? '1 backup is' : `${kept.length} backups are`;
  return ok(`${count} in ${place.label}, the last of ${timeOf(success.endedAt)}.`);
}

const timeOf = (at: Date) => at.toISOString().replace(/\.\d+/, '');

function noneScheduled(since: Date, now: Date): Finding {
  const next = 'Set BACKUP_TO and BACKUP_PASSPHRASE, or let cron run "atrium backup FILE".';
  const isNew = now.getTime() - since.getTime() < NEW_MS;
  return isNew
    ? { ...ok('No backups are scheduled. The instance is new: do it before you rely on it.'), next }
    : warning('No backups are scheduled.', next);
}

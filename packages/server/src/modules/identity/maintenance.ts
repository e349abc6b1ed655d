import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log/index.ts';
import { pruneAudit } from './audit/store.ts';
import type { Keyring } from './keys/keyring.ts';
import { rotateOldKeys } from './keys/rotation.ts';
import { pruneLinks } from './passwords/store.ts';
import { pruneChallenges } from './two-factor/challenge-store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The database refuses to forget younger ones. */
const AUDIT_KEPT_MS = 366 * DAY_MS;
const BITE = 5_000;

/** What looking after the feature's data needs of the program. */
export interface MaintenanceDeps {
  database: Pick<Database, 'db' | 'transaction'>;
  keyring: Pick<Keyring, 'rotate' | 'signingSince'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/** Forgets what has ended, and lets a new key sign when the present one is old. */
export async function maintain({ database, keyring, clock }: MaintenanceDeps): Promise<void> {
  const now = clock.now();
  await pruneChallenges(database.db, new Date(now.getTime() - DAY_MS));
  await pruneLinks(database.db, new Date(now.getTime() - DAY_MS));
  while ((await pruneAudit(database.db, new Date(now.getTime() - AUDIT_KEPT_MS), BITE)) === BITE);
  await database.transaction((tx) => rotateOldKeys(tx, keyring, now));
}

/** Does that every hour. @returns ends it, after what is under way */
export function startMaintenance(deps: MaintenanceDeps): () => Promise<void> {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = maintain(deps).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'could not look after accounts; trying again in an hour');
    });
  }, HOUR_MS);
  return () => {
    clearInterval(timer);
    return running;
  };
}

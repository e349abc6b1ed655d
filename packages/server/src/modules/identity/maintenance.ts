import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log/index.ts';
import type { Module } from '../../platform/module/index.ts';
import { pruneAudit } from './audit/store.ts';
import type { Keyring } from './keys/keyring.ts';
import { rotateOldKeys } from './keys/rotation.ts';
import { lockRotation } from './keys/store.ts';
import { pruneLinks } from './mails/link-store.ts';
import { pruneChallenges } from './rows/challenge-store.ts';

const HOUR_MS = 3_600_000;
/** How long a new key waits before it is used. */
const READ_KEYS_MS = 60_000;
const DAY_MS = 24 * HOUR_MS;
/** The database refuses to delete younger entries. */
const AUDIT_KEPT_MS = 366 * DAY_MS;
const BATCH = 5_000;

/** Dependencies of the feature's maintenance. */
export interface MaintenanceDeps {
  database: Pick<Database, 'db' | 'transaction'>;
  keyring: Pick<Keyring, 'rotate' | 'signingSince' | 'refresh' | 'sealAnew' | 'dataKeyCount' | 'dropSpentDataKeys'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
  /** All modules: each reseals its own secrets. */
  modules: { all(): readonly Pick<Module, 'resealSecrets'>[] };
}

/** Deletes what has expired, and rotates keys that are old. */
export async function maintain({ database, keyring, clock, modules }: MaintenanceDeps): Promise<void> {
  const now = clock.now();
  await pruneChallenges(database.db, new Date(now.getTime() - DAY_MS));
  await pruneLinks(database.db, new Date(now.getTime() - DAY_MS));
  while ((await pruneAudit(database.db, new Date(now.getTime() - AUDIT_KEPT_MS), BATCH)) === BATCH);
  await database.transaction((tx) => rotateOldKeys(tx, keyring, now));
  await keyring.refresh();
  if (keyring.dataKeyCount() === 1) return;
  for (const module of modules.all()) await module.resealSecrets?.(database.db, keyring);
  await database.transaction(async (tx) => {
    if (await lockRotation(tx)) await keyring.dropSpentDataKeys();
  });
}

/**
 * Runs `maintain` every hour, and reads keys that another node may have created. @returns stops it, after the current
 * run
 */
export function startMaintenance(deps: MaintenanceDeps): () => Promise<void> {
  const { log, keyring } = deps;
  let running = Promise.resolve();
  const timers = [
    setInterval(() => {
      running = maintain(deps).catch((error: unknown) => {
        log.warn({ err: error }, 'could not look after accounts; trying again in an hour');
      });
    }, HOUR_MS),
    setInterval(() => {
      keyring.refresh().catch((error: unknown) => {
        log.warn({ err: error }, 'could not read the keys; trying again in a minute');
      });
    }, READ_KEYS_MS),
  ];
  return () => {
    for (const timer of timers) clearInterval(timer);
    return running;
  };
}

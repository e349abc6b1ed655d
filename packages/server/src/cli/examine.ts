import path from 'node:path';
import process from 'node:process';
import { secretsLocation } from '../app/secrets-location.ts';
import { appUrlOf } from '../config.ts';
import { doctorChecks } from '../doctor/checks.ts';
import { createKeyring } from '../modules/identity/index.ts';
import { createClock } from '../platform/clock/index.ts';
import type { Database } from '../platform/database/index.ts';
import { type CheckResult, runChecks } from '../platform/doctor/index.ts';
import { openStorage } from '../platform/storage/index.ts';
import type { Cli } from './cli.ts';

/** Runs all checks with the settings of the command. */
export async function examine(
  cli: Cli,
  database: Database,
  onResult: (result: CheckResult) => void,
): Promise<CheckResult[]> {
  const config = cli.config();
  const clock = await createClock(database, cli.log);
  const keyring = () => createKeyring({ ...secretsLocation(config, database), clock });
  try {
    const storage = () => openStorage(config);
    const secretFiles = [path.resolve(process.cwd(), '.env')];
    const appUrl = appUrlOf(config);
    const checks = doctorChecks({ appUrl, clock, config, database, keyring, storage, secretFiles });
    return await runChecks(checks, onResult);
  } finally {
    clock.stop();
  }
}

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { secretsLocation } from '../app/secrets-location.ts';
import { createApp } from '../app.ts';
import type { Config } from '../config.ts';
import { storedObjectKeys } from '../modules/files/index.ts';
import { areSecrets, hasSecrets, takeSecrets } from '../modules/identity/index.ts';
import {
  type BackupFile,
  BadBackup,
  checkBackup,
  type Restored,
  restoreBackup,
  TargetRefused,
} from '../platform/backup/index.ts';
import { type Database, openDatabase } from '../platform/database/index.ts';
import { openStorage, type Storage } from '../platform/storage/index.ts';
import type { Cli } from './cli.ts';

/** Reads the file and lists its contents. */
export async function checkFile(cli: Cli, file: BackupFile, passphrase: string | undefined): Promise<void> {
  const { header, manifest } = await checkBackup(file, passphrase, checkSecret);
  const { program, takenAt } = header;
  const { missingObjects, objects, rows } = manifest;
  cli.result(
    { takenAt, program, rows, objects, missingObjects, secrets: manifest.secrets > 0 },
    `The backup is whole: taken at ${takenAt} by Atrium ${program}, ${rows} rows, ${objects} objects.`,
  );
}

/** Restores into the configured instance. */
export async function restoreFile(cli: Cli, file: BackupFile, passphrase: string | undefined): Promise<void> {
  const config = cli.config();
  const restored = await restoreInto(cli, config, { file, passphrase });
  const notes = notesOn(restored);
  const { rows, objects } = restored.manifest;
  cli.result(
    { rows, objects, takenAt: restored.header.takenAt, notes },
    [`Restored ${rows} rows and ${objects} objects. Start the server now.`, ...notes].join('\n'),
  );
}

/** Restores into a temporary instance, and checks that the server starts on it. */
export async function drillFile(cli: Cli, file: BackupFile, passphrase: string | undefined): Promise<void> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'atrium-drill-'));
  // PostgreSQL may run as another user and must be able to traverse the directory.
  await chmod(dataDir, 0o711);
  const config: Config = {
    ...cli.config(),
    dataDir: path.join(dataDir, 'data'),
    databaseUrl: undefined,
    redisUrl: undefined,
    s3Url: undefined,
  };
  try {
    const restored = await restoreInto(cli, config, { file, passphrase }, async (database, storage, { manifest }) => {
      const missing = await missingObjects(database, storage);
      if (missing > manifest.missingObjects) throw new BadBackup(`${missing} objects are missing.`);
      cli.progress('Starting the program on it');
      const app = await createApp(config, cli.log, { database, background: false });
      await app.stop();
    });
    const { rows, objects } = restored.manifest;
    const notes = notesOn(restored);
    cli.result(
      { rows, objects, takenAt: restored.header.takenAt, notes },
      [`The backup can be restored: ${rows} rows, ${objects} objects, and the program starts on it.`, ...notes].join(
        '\n',
      ),
    );
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

async function restoreInto(
  cli: Cli,
  config: Config,
  { file, passphrase }: { file: BackupFile; passphrase: string | undefined },
  andThen: (database: Database, storage: Storage, restored: Restored) => Promise<void> = async () => undefined,
): Promise<Restored> {
  // Checked first, so that a wrong passphrase leaves no empty instance behind.
  cli.progress('Checking the backup');
  const checked = await checkBackup(file, passphrase, checkSecret);
  const directory = path.join(config.dataDir, 'secrets');
  if (checked.manifest.secrets > 0 && (await hasSecrets({ directory }))) {
    throw new TargetRefused(`There are secrets of an instance in ${directory}.`);
  }
  const { databaseUrl: url, dataDir } = config;
  const database = await openDatabase({ url, dataDir, log: cli.log, applicationName: 'atrium restore' });
  try {
    const storage = await openStorage(config);
    const restored = await restoreBackup({ file, passphrase, checked }, { database, storage }, cli.progress);
    const { identity } = restored.secrets;
    if (identity !== undefined) await takeSecrets(secretsLocation(config, database), identity);
    await andThen(database, storage, restored);
    return restored;
  } finally {
    await database.close();
  }
}

function checkSecret(name: string, text: string): void {
  if (name !== 'identity' || !areSecrets(text)) throw new BadBackup(`The secrets in the backup are not ours: ${name}`);
}

async function missingObjects({ db }: Database, storage: Storage): Promise<number> {
  const present = new Set<string>();
  for await (const { key } of storage.list()) present.add(key);
  let missing = 0;
  for await (const key of storedObjectKeys(db)) if (!present.has(key)) missing += 1;
  return missing;
}

function notesOn({ manifest, withJobs }: Restored): string[] {
  return [
    ...(manifest.secrets > 0
      ? []
      : ['It has no secrets: everybody signs in again, and second factors by app have to be set up anew.']),
    ...(manifest.missingObjects > 0 ? [`${manifest.missingObjects} objects were missing when it was taken.`] : []),
    ...(withJobs ? [] : ['Its background jobs are of another version and were left out; lost mails are queued again.']),
  ];
}

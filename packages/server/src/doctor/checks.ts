import { createECDH } from 'node:crypto';
import path from 'node:path';
import process from 'node:process';
import serverPackage from '../../package.json' with { type: 'json' };
import type { Config } from '../config.ts';
import { checkBackups } from '../modules/backups/index.ts';
import type { Keyring } from '../modules/identity/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Database } from '../platform/database/index.ts';
import {
  type Check,
  checkClock,
  checkDatabase,
  checkDisk,
  checkForwarding,
  checkMail,
  checkMigrations,
  checkRedis,
  checkSecrets,
  checkSocket,
  checkStorage,
  checkVersions,
  type Finding,
  failed,
  ok,
  warning,
} from '../platform/doctor/index.ts';
import { ECHO_PATH, isLocalAddress, isLocalHost } from '../platform/http/index.ts';
import { parseMailbox } from '../platform/mail/index.ts';
import { pushSubject } from '../platform/push/index.ts';
import type { Storage } from '../platform/storage/index.ts';
import { echoProof } from './echo-proof.ts';

/** What the checks look at. */
export interface DoctorDeps {
  /** Where people reach the server. A server that chose its port itself knows it; the settings do not. */
  appUrl: string;
  clock: Clock;
  config: Config;
  database: Database;
  /** Opened by the checks that use them, so that what cannot be opened is one finding among others. */
  keyring(): Promise<Keyring>;
  storage(): Promise<Storage>;
  /** Further files with secrets. */
  secretFiles?: readonly string[];
}

/** Everything that is worth a look, in the order in which one thing depends on another. */
export function doctorChecks({ appUrl, clock, config, database, keyring, storage, secretFiles }: DoctorDeps): Check[] {
  const isPublic = !(isLocalAddress(appUrl) && isLocalHost(config.host));
  const from = parseMailbox(config.mailFrom);
  const where = config.s3Url === undefined ? path.join(config.dataDir, 'files') : `S3 (${new URL(config.s3Url).host})`;
  const checks: Record<string, Check['run']> = {
    versions: () => checkVersions({ program: serverPackage.version, node: process.versions.node }),
    database: () => checkDatabase(database),
    migrations: () => checkMigrations(database),
    clock: () => checkClock(clock),
    disk: () => checkDisk(config.dataDir),
    secrets: () => checkSecrets(config.dataDir, secretFiles),
    files: async () => checkStorage(await storage(), where),
    backup: () => checkBackups(database.db, { now: clock.now(), settings: config.backups }),
    redis: () => checkRedis(config.redisUrl),
    mail: () => checkMail({ url: config.smtpUrl, from, isPublic }),
    push: async () => checkPush(await keyring(), { appUrl, mailAddress: from.address, isPublic }),
    socket: () => checkSocket(appUrl),
    async proxy() {
      const proof = echoProof(await keyring(), clock.now());
      return checkForwarding(appUrl, `${ECHO_PATH}?proof=${proof}`);
    },
  };
  return Object.entries(checks).map(([name, run]) => ({ name, run }));
}

/** Whether browsers can be sent push messages. */
export async function checkPush(
  keyring: Pick<Keyring, 'pushKeys'>,
  { appUrl, mailAddress, isPublic }: { appUrl: string; mailAddress: string; isPublic: boolean },
): Promise<Finding> {
  const [key] = await keyring.pushKeys();
  if (key === undefined) return failed('There is no key for push messages.', 'Start the server, which makes one.');
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(key.privateKey, 'base64url');
  if (pair.getPublicKey('base64url') !== key.publicKey) {
    return failed('The key for push messages is damaged.', 'Restore the secrets from a backup.');
  }
  if (!isPublic) return ok('There is a key for push messages, which browsers take from localhost.');
  if (!appUrl.startsWith('https:')) {
    return failed(`Browsers take push messages only from https, and APP_URL is ${appUrl}.`, 'Serve it by https.');
  }
  if (pushSubject(appUrl, mailAddress).isUsable)
    return ok('There is a key for push messages, and a contact to go with it.');
  return warning(
    'Push services want a contact: neither APP_URL nor MAIL_FROM has a name that is known on the internet.',
    'Set MAIL_FROM to an address of your domain; Apple, among others, refuses push messages without one.',
  );
}

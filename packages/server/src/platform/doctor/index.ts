export { checkForwarding, checkSocket, type Echo } from './address-checks.ts';
export {
  type Check,
  type CheckResult,
  type Finding,
  failed,
  ok,
  reasonOf,
  runChecks,
  runChecksAtOnce,
  warning,
} from './check.ts';
export { checkClock, checkDatabase, checkMigrations } from './database-checks.ts';
export { instanceSince } from './database-store.ts';
export { checkDisk, checkSecrets, checkVersions } from './machine-checks.ts';
export { readableBytes } from './readable-bytes.ts';
export { checkMail, checkRedis, checkStorage } from './service-checks.ts';

export { atOneMoment } from './at-one-moment.ts';
export { type Database, type OpenDatabaseOptions, openDatabase } from './database.ts';
export {
  DatabaseRefused,
  DatabaseUnavailable,
  DataDirInUse,
  EmbeddedServerError,
  isForbidden,
  isLockTimeout,
  isRetryable,
  isStorageFull,
  isUnavailable,
  isUniqueViolation,
  MigrationError,
} from './errors.ts';
export { type Connection, executorOf } from './executor-of.ts';
export { checkMigrationHistory, migrate, migrateTo, type SchemaState, schemaState } from './migrate.ts';
export type { Health } from './monitor.ts';
export { objectsAreHeld } from './object-hold.ts';
export { connectionSettings } from './pool.ts';
export { databaseSize } from './size.ts';
// Exported as a whole, so that modules can add tables by declaration merging.
export * from './tables.ts';
export { beganAt, type Executor, limitLockWait, type Transaction, type TransactionOptions } from './transaction.ts';
export { withoutTimeouts } from './without-timeouts.ts';

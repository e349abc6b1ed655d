/** The database cannot answer: down, starting, out of connections, or no pooled connection was free in time. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** The database answers but is unsuitable: wrong password, unknown database, too old. For the operator. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
}

/** Another process on this machine uses the embedded database of this data directory. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse';
}

/** The embedded server could not be prepared or started. The message is for the operator. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';
}

/** The schema does not match this program, or a migration failed and was rolled back. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const UNIQUE_VIOLATION = '23505';
const INSUFFICIENT_PRIVILEGE = '42501';
const DISK_FULL = '53100';
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Out of connections or memory, lock or statement timeout, shutting down, starting up, or session terminated by an
 * administrator or a timeout.
 */
const UNAVAILABLE_STATES = new Set(['53200', '53300', '55P03', '57014', '57P01', '57P02', '57P03', '57P05', '25P03']);

const UNAVAILABLE_SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Messages of driver errors without a code, for a missing or lost connection. */
const UNAVAILABLE_MESSAGES = [
  'timeout exceeded when trying to connect',
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
  'timeout expired',
];

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * True if the transaction may succeed when run again: after a deadlock, a serialization failure, or if a stream ended
 * before it could be written to.
 */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error);
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED || isUniqueViolation(error, 'event_pkey');
}

/** True if the database was unreachable or refused to serve; the caller answers 503 and the client retries. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  const code = codeOf(error);
  if (code !== undefined) {
    return UNAVAILABLE_STATES.has(code) || UNAVAILABLE_SYSTEM_CODES.has(code) || code.startsWith('08');
  }
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  return error instanceof Error && UNAVAILABLE_MESSAGES.some((text) => error.message.startsWith(text));
}

/** True if a lock was not granted in time. */
export function isLockTimeout(error: unknown): boolean {
  return codeOf(error) === LOCK_NOT_AVAILABLE || (error instanceof Error && codeOf(error.cause) === LOCK_NOT_AVAILABLE);
}

/** True for a violated unique constraint or index; with a name, only for that one. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (codeOf(error) !== UNIQUE_VIOLATION) return false;
  return constraint === undefined || (error as { constraint?: unknown }).constraint === constraint;
}

/** True if the user of the database lacks a right. */
export function isForbidden(error: unknown): error is Error {
  return codeOf(error) === INSUFFICIENT_PRIVILEGE;
}

/** True if the database's disk is full: writes fail, reads still work. */
export function isStorageFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === DISK_FULL || code === 'ENOSPC';
}

/** The database cannot answer right now: down, starting, out of connections, or the pool had none free in time. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** The database answers but does not suit: wrong password, no such database, too old. For whoever runs Atrium. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
}

/** Another process on this machine owns the embedded database of this data directory. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse';
}

/** The embedded server could not be prepared or started; the message is meant for the person who runs Atrium. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';
}

/** The schema and this program do not belong together, or a migration failed; nothing was changed by the failing one. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const UNIQUE_VIOLATION = '23505';
const DISK_FULL = '53100';

/**
 * Out of connections or memory, waited too long for a lock or an answer, shutting down, starting up, session ended by
 * the administrator or by a timeout.
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

/** What the driver says without any code when a connection is missing or lost. */
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
 * True when the same transaction may succeed if it is simply run again: after a deadlock, a serialization failure, or when
 * a stream has ended that it was about to write to.
 */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error);
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED || isUniqueViolation(error, 'event_pkey');
}

/** True when the database could not be reached or refused to serve; the caller answers 503 and the client tries later. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  const code = codeOf(error);
  if (code !== undefined) {
    return UNAVAILABLE_STATES.has(code) || UNAVAILABLE_SYSTEM_CODES.has(code) || code.startsWith('08');
  }
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  return error instanceof Error && UNAVAILABLE_MESSAGES.some((text) => error.message.startsWith(text));
}

/** True for a violated unique constraint or index; with a name, only for that one. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (codeOf(error) !== UNIQUE_VIOLATION) return false;
  return constraint === undefined || (error as { constraint?: unknown }).constraint === constraint;
}

/** True when the database's disk is full: writes fail, reads still work. */
export function isStorageFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === DISK_FULL || code === 'ENOSPC';
}

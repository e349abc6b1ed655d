import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';

/** Secrets are redacted wherever these paths appear. */
const SECRET_PATHS = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'otp',
  'code',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** `code` is redacted, since it may be a sign-in code. That of an error is not, and may be the only clue. */
function serializeError(error: Error & { code?: unknown }): object {
  const serialized = pino.stdSerializers.err(error);
  return typeof error?.code === 'string' ? { ...serialized, errorCode: error.code } : serialized;
}

export type Log = Logger;

/**
 * Logs JSON lines to standard error, or readable ones in a terminal. Standard output is for messages to the operator.
 */
export function createLog(level: string): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: SECRET_PATHS, censor: '[secret]' },
    serializers: { err: serializeError },
  };
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }));
  return pino(options, pretty({ destination: 2, sync: true, colorize: true, translateTime: 'HH:MM:ss' }));
}

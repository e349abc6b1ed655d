import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';
import roll from 'pino-roll';

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

/** `code` is redacted, because it may be a sign-in code. That of an error is not, because it may be the only clue. */
function serializeError(error: Error & { code?: unknown }): object {
  const serialized = pino.stdSerializers.err(error);
  return typeof error?.code === 'string' ? { ...serialized, errorCode: error.code } : serialized;
}

export type Log = Logger;

const options = (level: string) => ({
  level,
  base: null,
  redact: { paths: SECRET_PATHS, censor: '[secret]' },
  serializers: { err: serializeError },
});

/** Standard error: JSON lines, or readable ones in a terminal. */
const standardError = () =>
  process.stderr.isTTY
    ? pretty({ destination: 2, sync: true, colorize: true, translateTime: 'HH:MM:ss' })
    : pino.destination({ dest: 2, sync: true });

/** Logs to standard error. Standard output is for messages to the operator. */
export function createLog(level: string): Logger {
  return pino(options(level), standardError());
}

/**
 * Logs to files, too: `atrium.….log` has everything, `errors.….log` only errors, as JSON lines. A new file begins each
 * day and after 20 MB; 14 older ones of each are kept.
 * @throws {LogDirUnusable}
 */
export async function createFileLog(level: string, directory: string): Promise<Logger> {
  const file = (name: string) =>
    roll({
      file: path.join(directory, name),
      extension: '.log',
      dateFormat: 'yyyy-MM-dd',
      frequency: 'daily',
      size: '20m',
      limit: { count: 14, removeOtherLogFiles: true },
      mkdir: true,
      sync: true,
    });
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.W_OK);
    const [all, errors] = [await file('atrium'), await file('errors')];
    return pino(
      options(level),
      pino.multistream([
        { level: 'trace', stream: standardError() },
        { level: 'trace', stream: all },
        { level: 'error', stream: errors },
      ]),
    );
  } catch (error) {
    throw new LogDirUnusable(`LOG_DIR: log files cannot be written to ${directory}: ${(error as Error).message}`);
  }
}

/** Log files cannot be written; the message is ready to print. */
export class LogDirUnusable extends Error {}

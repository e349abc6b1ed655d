import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';

/** Secrets have no business in a log; these paths are blanked wherever they appear. */
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

/** `code` is blanked, for it may be somebody's way in. That of an error is none, and may be all that tells what happened. */
function serializeError(error: Error & { code?: unknown }): object {
  const serialized = pino.stdSerializers.err(error);
  return typeof error?.code === 'string' ? { ...serialized, errorCode: error.code } : serialized;
}

export type Log = Logger;

/** JSON lines on standard error, or readable ones in a terminal; standard output is for the program's own words. */
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

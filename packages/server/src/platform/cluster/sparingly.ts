import type { Logger } from 'pino';

const MOST_LINES = 20;
const WITHIN_MS = 60_000;

/** Writes at most 20 lines a minute; a connection that comes and goes all the time must not fill the log. */
export function sparingly(log: Pick<Logger, 'info' | 'warn'>): {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
} {
  let since = Number.NEGATIVE_INFINITY;
  let lines = 0;
  const write = (level: 'info' | 'warn') => (details: object, message: string) => {
    const now = performance.now();
    if (now - since > WITHIN_MS) {
      since = now;
      lines = 0;
    }
    lines += 1;
    if (lines <= MOST_LINES) log[level](details, message);
    if (lines === MOST_LINES) log.warn('more of this follows within a minute and is not written');
  };
  return { info: write('info'), warn: write('warn') };
}

import type { Logger } from 'pino';

const MAX_LINES = 20;
const WINDOW_MS = 60_000;

/** Limits a logger to 20 lines a minute, so that a flapping connection does not fill the log. */
export function rateLimitedLog(log: Pick<Logger, 'info' | 'warn'>): {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
} {
  let since = Number.NEGATIVE_INFINITY;
  let lines = 0;
  const write = (level: 'info' | 'warn') => (details: object, message: string) => {
    const now = performance.now();
    if (now - since > WINDOW_MS) {
      since = now;
      lines = 0;
    }
    lines += 1;
    if (lines <= MAX_LINES) log[level](details, message);
    if (lines === MAX_LINES) log.warn('further lines are suppressed for up to a minute');
  };
  return { info: write('info'), warn: write('warn') };
}

import type { Logger } from 'pino';
import type { Storage } from './storage.ts';

const INTERVAL_MS = 10_000;

/** Whether objects can be stored, with a reason for the operator if not. */
type Health = { ok: true } | { ok: false; reason: string };

/** Checks the storage periodically. */
export interface StorageMonitor {
  health(): Health;
  stop(): void;
}

/** Starts to monitor the storage; resolves when its state is known. */
export async function startStorageMonitor(
  storage: Pick<Storage, 'probe'>,
  log: Logger,
  intervalMs = INTERVAL_MS,
): Promise<StorageMonitor> {
  let health: Health = { ok: true };
  let looking = false;
  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    const error = await storage.probe().then(
      () => undefined,
      (caught: unknown) => caught,
    );
    looking = false;
    if (error === undefined && !health.ok) log.info('the storage of files can be used again');
    if (error !== undefined && health.ok) log.error({ err: error }, 'the storage of files cannot be used');
    health = error === undefined ? { ok: true } : { ok: false, reason: 'the storage of files cannot be used' };
  }
  await look();
  const timer = setInterval(() => void look(), intervalMs);
  timer.unref();
  return { health: () => health, stop: () => clearInterval(timer) };
}

import type { Logger } from 'pino';
import type { Clock } from '../clock/index.ts';
import { settlesWithin } from './settles-within.ts';
import type { RunningWorker } from './worker.ts';

const MAX_CLOCK_OFFSET_MS = 2_000;
const CLOCK_CHECK_MS = 30_000;
const CHECK_END_MS = 1_000;
const CLOCK_REFUSED =
  "this machine's clock differs from the database's by more than 2 s: it takes no jobs until the clock is set";

export interface Supervisor {
  /** Checks now, and then repeatedly. Never rejects. */
  start(): Promise<void>;
  /** Stops the worker within `graceMs` plus 3 s. Always resolves. */
  stop(): Promise<void>;
  status(): { working: boolean; clockOffsetMs: number };
}

interface SupervisorParts {
  log: Logger;
  clock: Pick<Clock, 'offsetMs'>;
  recheckMs: number;
  graceMs: number;
  start(): Promise<RunningWorker>;
}

/**
 * Runs a worker exactly while this node may work. Locks and delays use the node's clock, so a node with a wrong clock
 * would steal jobs or start them too late.
 */
export function createSupervisor({ log, clock, recheckMs, graceMs, start }: SupervisorParts): Supervisor {
  let worker: RunningWorker | undefined;
  let refused = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let checking: Promise<void> = Promise.resolve();

  async function check(): Promise<void> {
    const offset = clock.offsetMs();
    if (Math.abs(offset) > MAX_CLOCK_OFFSET_MS) {
      if (!refused) log.error({ clockOffsetMs: Math.round(offset) }, CLOCK_REFUSED);
      refused = true;
      await retire();
    } else if (worker?.alive() !== true && !stopped) {
      refused = false;
      await retire();
      worker = await start();
      log.info('taking jobs');
      // Stopped in the meantime, and nobody awaited this.
      if (stopped) await retire();
    }
  }
  async function retire(): Promise<void> {
    const retired = worker;
    worker = undefined;
    await retired?.close(graceMs);
  }
  function checkAndSchedule(): Promise<void> {
    checking = check()
      .catch((error: unknown) => log.warn({ err: error }, 'cannot run jobs yet'))
      .finally(() => {
        if (stopped) return;
        const working = worker?.alive() === true;
        timer = setTimeout(checkAndSchedule, working ? Math.max(CLOCK_CHECK_MS, recheckMs) : recheckMs).unref();
      });
    return checking;
  }
  return {
    start: checkAndSchedule,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await settlesWithin(checking, CHECK_END_MS);
      await retire();
    },
    status: () => ({ working: worker?.alive() === true, clockOffsetMs: clock.offsetMs() }),
  };
}

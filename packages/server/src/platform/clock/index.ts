import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';

const MEASURE_EVERY_MS = 10_000;
/** A smaller step is drift, or a correction by a time service. */
const JUMP_MS = 2_000;
/** A clock that was set forward is followed only after this time: until then a mistake can be corrected. */
const BELIEVED_AFTER_MS = 2 * 60_000;

/** The database's clock was set, or the database moved to a machine with another clock. */
export interface ClockJump {
  /** The size of the jump: negative when it was set back. */
  byMs: number;
  /** The clock jumped at most this long ago. */
  agoMs: number;
}

/** The database's time as known to this node: one clock for all nodes, whatever their own clocks say. */
export interface Clock {
  now(): Date;
  /**
   * The database's time for actions that must not be early: after its clock was set forward, it continues as before. It
   * follows after 2 minutes, or immediately when the clock is set back.
   */
  steadyNow(): Date;
  /** How far the database's clock is ahead of this machine's, in milliseconds. */
  offsetMs(): number;
  /** Calls a listener when the database's clock has jumped, compared to this machine's monotonic clock. */
  onJump(listener: (jump: ClockJump) => void): void;
  stop(): void;
}

/** Uses the monotonic clock between measurements, so that changes of the machine's clock have no effect. */
export async function createClock(database: Pick<Database, 'now'>, log: Logger): Promise<Clock> {
  const listeners: ((jump: ClockJump) => void)[] = [];
  let last = await measure(database);
  let steady = last;
  let aheadSinceMs: number | undefined;
  const follow = (next: Measurement) => {
    const isAhead = next.originMs - steady.originMs > JUMP_MS + next.errorMs;
    aheadSinceMs = isAhead ? (aheadSinceMs ?? next.askedMs) : undefined;
    if (aheadSinceMs !== undefined && next.askedMs - aheadSinceMs < BELIEVED_AFTER_MS) return;
    steady = next;
    aheadSinceMs = undefined;
  };
  const measureAgain = async () => {
    const next = await measure(database);
    const jump = jumpBetween(last, next);
    follow(next);
    last = next;
    if (jump === undefined) return;
    log.warn({ byMs: Math.round(jump.byMs) }, 'the clock of the database jumped');
    for (const listener of listeners) listener(jump);
  };
  const timer = setInterval(() => {
    measureAgain().catch((error: unknown) =>
      log.debug({ err: error }, 'could not read the database clock; continuing with the last measurement'),
    );
  }, MEASURE_EVERY_MS);
  timer.unref();
  const nowMs = () => last.originMs + performance.now();
  return {
    now: () => new Date(nowMs()),
    steadyNow: () => new Date(steady.originMs + performance.now()),
    offsetMs: () => nowMs() - Date.now(),
    onJump: (listener) => void listeners.push(listener),
    stop: () => clearInterval(timer),
  };
}

/** The answer of the database. */
interface Measurement {
  /** The database's time at the origin of this process's monotonic clock, in epoch milliseconds. */
  originMs: number;
  /** How far that may be wrong: the answer was some time on its way. */
  errorMs: number;
  /** When it was asked, by the monotonic clock. */
  askedMs: number;
}

async function measure(database: Pick<Database, 'now'>): Promise<Measurement> {
  const askedMs = performance.now();
  const now = await database.now();
  const errorMs = (performance.now() - askedMs) / 2;
  return { originMs: now.getTime() - (askedMs + errorMs), errorMs, askedMs };
}

/** A jump of the clock between two measurements: more than drift, and more than they may be wrong. */
function jumpBetween(last: Measurement, next: Measurement): ClockJump | undefined {
  const byMs = next.originMs - last.originMs;
  if (Math.abs(byMs) <= JUMP_MS + last.errorMs + next.errorMs) return undefined;
  return { byMs, agoMs: performance.now() - last.askedMs };
}

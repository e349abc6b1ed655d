import { type EventData, runningSum, type TaskTimer, totalOfSum } from '@atrium/protocol';

export type Tick = EventData['timer:tick'];

/** A turn of the wheel takes a second; tasks are spread over it, so that they do not all tick at once. */
const SLOTS = 20;
const SECOND_MS = 1_000;
export const SLOT_MS = SECOND_MS / SLOTS;

interface Spoke {
  slot: number;
  /** Computes the tick of a task at an instant. */
  tickAt(nowMs: number): Tick;
}

/** The tick of a task, precomputed so that its timers need not be read again. */
function ticker(taskId: string, { baseMs, running }: TaskTimer): Spoke['tickAt'] {
  const sum = runningSum({ baseMs, running });
  const startedAt = running.map((session) => session.startedAt);
  return (nowMs) => {
    // In whole milliseconds, and never before a timer began, so that the sum over `startedAt` is the total.
    const atMs = Math.max(Math.floor(nowMs), sum.latestStartMs);
    return {
      taskId,
      totalElapsedMs: totalOfSum(sum, atMs),
      activeCount: sum.count,
      baseMs,
      startedAt,
      serverNow: new Date(atMs).toISOString(),
    };
  };
}

/** Sends the ticks of any number of tasks with one timer: each running task once a second, in its slot. */
export class TickWheel {
  private readonly slots = Array.from({ length: SLOTS }, () => new Map<string, Spoke>());
  private readonly spokes = new Map<string, Spoke>();
  private readonly emit: (tick: Tick) => void;
  private readonly nowMs: () => number;
  private turned: number;
  private next = 0;

  /**
   * @param deps.nowMs the database's clock, in epoch milliseconds
   * @param deps.sinceMs a clock that never jumps, in milliseconds
   */
  constructor(deps: { emit: (tick: Tick) => void; nowMs: () => number; sinceMs: number }) {
    this.emit = deps.emit;
    this.nowMs = deps.nowMs;
    this.turned = Math.floor(deps.sinceMs / SLOT_MS);
  }

  /** The number of tasks that tick. */
  get size(): number {
    return this.spokes.size;
  }

  /** The time of a task changed: it ticks now, and every second while a timer runs. */
  set(taskId: string, timer: TaskTimer): void {
    const tickAt = ticker(taskId, timer);
    const spoke = this.spokes.get(taskId);
    if (timer.running.length === 0) this.delete(taskId);
    else if (spoke !== undefined) spoke.tickAt = tickAt;
    else this.add(taskId, tickAt);
    this.emit(tickAt(this.nowMs()));
  }

  delete(taskId: string): void {
    const spoke = this.spokes.get(taskId);
    if (spoke === undefined) return;
    this.spokes.delete(taskId);
    this.slots[spoke.slot]?.delete(taskId);
  }

  /** Emits the ticks that are due. Ticks delayed for more than a second are skipped. */
  turn(sinceMs: number): void {
    const due = Math.floor(sinceMs / SLOT_MS);
    this.turned = Math.max(this.turned, due - SLOTS);
    while (this.turned < due) {
      this.turned += 1;
      const slot = this.slots[this.turned % SLOTS];
      if (slot === undefined || slot.size === 0) continue;
      const nowMs = this.nowMs();
      for (const { tickAt } of slot.values()) this.emit(tickAt(nowMs));
    }
  }

  private add(taskId: string, tickAt: Spoke['tickAt']): void {
    this.next = (this.next + 1) % SLOTS;
    const spoke = { slot: this.next, tickAt };
    this.spokes.set(taskId, spoke);
    this.slots[spoke.slot]?.set(taskId, spoke);
  }
}

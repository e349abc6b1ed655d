import type { Schedule } from '../batch.ts';

/** A clock that advances only when a test says so. */
export class HandTime {
  nowMs: number;
  readonly timers = new Map<symbol, { at: number; work: () => void }>();

  /** @param start milliseconds since 1970 */
  constructor(start: number) {
    this.nowMs = start;
  }

  readonly clock = { now: () => new Date(this.nowMs) };

  readonly schedule: Schedule = (ms, work) => {
    const timer = Symbol('timer');
    this.timers.set(timer, { at: this.nowMs + ms, work });
    return () => this.timers.delete(timer);
  };

  /** Lets all pending work finish that needs no time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
  }

  /** Advances the time; timers fire when they are due. */
  async pass(ms: number): Promise<void> {
    const end = this.nowMs + ms;
    await this.settle();
    for (;;) {
      const next = [...this.timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (next === undefined) break;
      this.timers.delete(next[0]);
      this.nowMs = Math.max(this.nowMs, next[1].at);
      next[1].work();
      await this.settle();
    }
    this.nowMs = end;
  }
}

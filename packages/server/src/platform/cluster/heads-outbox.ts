import type { StreamName } from '@atrium/protocol';
import type { CommittedEvent } from '../stream/index.ts';
import { recordsOf } from './message.ts';

/**
 * Minimum time between two announcements. Each makes the other nodes read the log, and one read covers all commits in
 * between.
 */
const PACE_MS = 10;

/** Collects the heads of streams to announce. A single commit is announced at once; many are announced together. */
export class HeadsOutbox {
  private readonly send: (heads: Record<StreamName, number>) => void;
  private readonly heads = new Map<StreamName, number>();
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(send: (heads: Record<StreamName, number>) => void) {
    this.send = send;
  }

  add(events: readonly CommittedEvent[]): void {
    if (events.length === 0) return;
    if (this.heads.size === 0) this.schedule();
    for (const { stream, seq } of events) this.heads.set(stream, Math.max(seq, this.heads.get(stream) ?? 0));
  }

  private schedule(): void {
    const pauseMs = this.toldAt + PACE_MS - performance.now();
    if (pauseMs <= 0) setImmediate(() => this.flush());
    else setTimeout(() => this.flush(), pauseMs).unref();
  }

  private flush(): void {
    this.toldAt = performance.now();
    const records = recordsOf(this.heads);
    this.heads.clear();
    for (const heads of records) this.send(heads);
  }
}

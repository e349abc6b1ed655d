import type { StreamName } from '@atrium/protocol';
import type { CommittedEvent } from '../stream/index.ts';
import { recordsOf } from './message.ts';

/** Collects how far streams have got and tells it once per turn of the event loop, however much was committed in it. */
export class HeadsOutbox {
  private readonly send: (heads: Record<StreamName, number>) => void;
  private readonly heads = new Map<StreamName, number>();

  constructor(send: (heads: Record<StreamName, number>) => void) {
    this.send = send;
  }

  add(events: readonly CommittedEvent[]): void {
    if (events.length === 0) return;
    if (this.heads.size === 0) setImmediate(() => this.flush());
    for (const { stream, seq } of events) this.heads.set(stream, Math.max(seq, this.heads.get(stream) ?? 0));
  }

  private flush(): void {
    const records = recordsOf(this.heads);
    this.heads.clear();
    for (const heads of records) this.send(heads);
  }
}

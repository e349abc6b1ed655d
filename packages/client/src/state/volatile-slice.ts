import type { EventData } from '@atrium/protocol';
import type { VolatileType } from './event.ts';

/** The part of the volatile state that belongs to one feature: it may be lost and ends by itself. */
export interface VolatileSlice<Own extends object> {
  /** While nothing is known. */
  empty(): Own;
  reducers: { [Type in VolatileType]?: (state: Own, data: EventData[Type]) => Partial<Own> | undefined };
  /** Without what has ended; the same object if nothing has. `now` in milliseconds of the server's clock. */
  expire?(state: Own, now: number): Partial<Own>;
  /** When the next thing ends, in milliseconds of the server's clock; undefined: nothing does. */
  nextEnd?(state: Own): number | undefined;
}

import type { EventData } from '@atrium/protocol';
import type { VolatileType } from './event.ts';

/** The part of the volatile state that belongs to one feature: events may be lost, and it expires. */
export interface VolatileSlice<Own extends object> {
  /** Before any event. */
  empty(): Own;
  reducers: { [Type in VolatileType]?: (state: Own, data: EventData[Type]) => Partial<Own> | undefined };
  /** Removes what has expired; the same object if nothing has. `now` in milliseconds of the server's clock. */
  expire?(state: Own, now: number): Partial<Own>;
  /** When the next part expires, in milliseconds of the server's clock; undefined: none does. */
  nextEnd?(state: Own): number | undefined;
}

import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES = 16;
/** Drawing random bytes costs nearly the same for one id as for some hundred, and more than all else there is to do. */
const DRAWN_FOR = 256;

/**
 * Makes a maker of ids: UUIDs of version 7 (RFC 9562 §5.7), of the time and 73 random bits, 31 of which count on within
 * a millisecond. Its ids sort as they were made, also when the clock is set back.
 * @param now milliseconds since 1970
 */
export function createIds(now: () => number): () => string {
  const drawn = new Uint8Array(DRAWN_FOR * BYTES);
  let used = drawn.length;
  let lastMs = Number.NEGATIVE_INFINITY;
  let count = 0;

  function draw(): Uint8Array {
    if (used === drawn.length) {
      randomFillSync(drawn);
      used = 0;
    }
    used += BYTES;
    return drawn.subarray(used - BYTES, used);
  }

  return () => {
    const random = draw();
    const nowMs = now();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      // Half of what there is at most: there is always room to count.
      count = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
    } else {
      count += 1;
    }
    return v7({ random, msecs: lastMs, seq: count });
  };
}

/** The lowest id that can be made at an instant: all ids from then on are not below it. */
export function firstIdAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** A new id for anything that the program makes. By this machine's clock, so that the ids of all nodes sort together. */
export const newId = createIds(Date.now);

import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES = 16;
/** Random bytes for one id take nearly as long as for some hundred, and longer than everything else here. */
const DRAWN_FOR = 256;

/**
 * Creates an id generator: UUIDs of version 7 (RFC 9562 §5.7), from the time and 73 random bits, 31 of which count up
 * within a millisecond. Its ids sort by time of creation, also when the clock is set back.
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
      // At most half of the range, so that there is always room to count.
      count = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
    } else {
      count += 1;
    }
    return v7({ random, msecs: lastMs, seq: count });
  };
}

/** The lowest id of an instant: no later id is lower. */
export function firstIdAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Creates an id, by this machine's clock, so that the ids of all nodes sort together. */
export const newId = createIds(() => Date.now());

import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** Takes pieces for a stream, no faster than the stream does. Both functions throw what the stream failed of. */
export interface StreamSink {
  write(piece: Buffer): Promise<void>;
  end(): Promise<void>;
}

/** Writes to a stream with backpressure. */
export function streamSink(stream: Writable): StreamSink {
  const ended = finished(stream);
  // Told by whoever writes next, or ends.
  ended.catch(() => undefined);
  return {
    async write(piece) {
      if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), ended]);
    },
    async end() {
      stream.end();
      await ended;
    },
  };
}

import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** Writes pieces to a stream with backpressure. Both functions throw the error of the stream. */
export interface StreamSink {
  write(piece: Buffer): Promise<void>;
  end(): Promise<void>;
}

/** Writes to a stream with backpressure. */
export function streamSink(stream: Writable): StreamSink {
  const ended = finished(stream);
  // The next write or the end throws it.
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

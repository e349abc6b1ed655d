import type { Readable } from 'node:stream';

/** A file in the body of a request, while it is being received. */
export interface IncomingFile {
  /** The last part of the path that the sender named; may be empty. */
  name: string;
  /** The media type that the sender declared. */
  type: string;
  /** Must be read to its end, or destroyed, before the next file comes. Fails when the sender goes away. */
  content: Readable;
}

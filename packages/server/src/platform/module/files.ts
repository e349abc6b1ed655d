import type { Readable } from 'node:stream';

/** A file in the body of a request, while it is being received. */
export interface IncomingFile {
  /** The last part of the path in the upload; may be empty. */
  name: string;
  /** The media type in the upload. */
  type: string;
  /** Must be read to its end, or destroyed, before the next file. Fails if the client disconnects. */
  content: Readable;
}

import type { Readable } from 'node:stream';

/** Part of a stored object, in bytes; both ends are part of it. */
export interface ByteRange {
  start: number;
  end: number;
}

/** An object in a list. */
export interface ListedObject {
  key: string;
  modifiedAt: Date;
}

/**
 * Keeps objects by key. An object is written once, as a whole, and never changed. Both drivers pass the same tests.
 */
export interface Storage {
  /** A local directory for files that are still being received. Its files are deleted after an hour. */
  readonly incoming: string;
  /**
   * Stores a local file, which may then be gone. When this resolves the object survives a power loss. An existing key
   * is replaced atomically.
   */
  put(key: string, file: string): Promise<void>;
  /**
   * Opens an object for reading. The caller reads or destroys the stream.
   * @throws MissingObject
   */
  open(key: string, range?: ByteRange): Promise<Readable>;
  /** Deletes an object. A missing one counts as deleted. */
  delete(key: string): Promise<void>;
  /** All objects, in no particular order. */
  list(): AsyncIterable<ListedObject>;
  /** Rejects if objects cannot be stored. */
  probe(): Promise<void>;
}

/** There is no object with this key. */
export class MissingObject extends Error {
  override readonly name = 'MissingObject';
}

/** A UUID, and optionally a suffix for objects derived from it: no key is a path. */
const KEY = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(\.[a-z]{1,20})?$/;

export function isKey(value: string): boolean {
  return KEY.test(value);
}

/** @throws Error for anything but a key, so that no name can lead out of the storage */
export function mustBeKey(value: string): void {
  if (!isKey(value)) throw new Error('This is not a key of the storage.');
}

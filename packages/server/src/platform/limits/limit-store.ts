/** Points per time window, counted under keys with a prefix of their own. */
export interface Bucket {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

/** The current state of a key. */
export interface Standing {
  remaining: number;
  resetMs: number;
}

/** Permission for a call of which only failures count. Report its outcome, once. */
export interface Place {
  leave(failed: boolean): Promise<void>;
}

/** Where limits are counted. Never rejects because its backend is down; then it counts locally. */
export interface LimitStore {
  /**
   * Counts a call.
   * @returns undefined if it may run; otherwise the milliseconds until one may
   */
  take(bucket: Bucket, key: string): Promise<number | undefined>;
  /**
   * Takes a slot for a running call, waiting for one if necessary.
   * @returns a permit, or the milliseconds as above
   */
  enter(bucket: Bucket, key: string): Promise<Place | number>;
  /** The state of the key, without counting; undefined if nothing is counted against it. */
  standing(bucket: Bucket, key: string): Promise<Standing | undefined>;
  /**
   * Removes counted points.
   * @param most maximum number
   * @returns how many were removed
   */
  giveBack(bucket: Bucket, key: string, most: number): Promise<number>;
}

/** Points in a time, counted under keys of its own. */
export interface Bucket {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

/** How a key stands. */
export interface Standing {
  remaining: number;
  resetMs: number;
}

/** The right to make one call of which only failure counts. Say how it went, once. */
export interface Place {
  leave(failed: boolean): Promise<void>;
}

/** Where limits are counted. Never rejects because of a store that is away: then it counts otherwise. */
export interface LimitStore {
  /** Counts a call. @returns undefined when it may be made; otherwise the milliseconds until one may */
  take(bucket: Bucket, key: string): Promise<number | undefined>;
  /** Finds a place among the calls under way, waiting for one to end if need be. @returns a place, or as above */
  enter(bucket: Bucket, key: string): Promise<Place | number>;
  /** How the key stands, without counting; undefined: nothing is counted against it. */
  standing(bucket: Bucket, key: string): Promise<Standing | undefined>;
  /** Takes points back that were counted, at most so many. @returns how many there were to take back */
  giveBack(bucket: Bucket, key: string, most: number): Promise<number>;
}

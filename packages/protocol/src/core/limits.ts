/**
 * A rate limit: `points` calls per `seconds`. Operators override it with LIMIT_<NAME>=points/seconds.
 */
export interface LimitClass {
  points: number;
  seconds: number;
  /** What calls are counted by. `key`: by a key that the operation chooses, in addition to its own limit. */
  per: 'ip' | 'user' | 'key';
  /** `failures`: successful calls are not counted. */
  counts: 'calls' | 'failures';
}

/** A rate limit on an object, for all callers. Operators override it with LIMIT_<NAME>=points/seconds as well. */
export interface ThingLimit {
  points: number;
  seconds: number;
}

/** Limit classes for every feature. */
export const coreLimits = {
  public: { points: 120, seconds: 60, per: 'ip', counts: 'calls' },
  user: { points: 600, seconds: 60, per: 'user', counts: 'calls' },
  /** Emails to unverified addresses, by IP address, or by signed-in user. */
  mail_sender: { points: 100, seconds: 3600, per: 'key', counts: 'calls' },
  /** Emails to one address, for all callers. */
  mail_recipient: { points: 10, seconds: 3600, per: 'key', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;

/** Sizes that server and clients agree on. */
export const coreSizes = {
  /** Bytes of a JSON request body. */
  body: 1_000_000,
  /** Bytes of one socket packet. */
  packet: 64 * 1024,
  /** People in one call. */
  people: 100,
} as const;

/**
 * Limit classes: how often an operation may be called, by whom it is counted, and what counts.
 * `points` per `seconds`; an operator changes either with LIMIT_<NAME>=points/seconds.
 */
export interface LimitClass {
  points: number;
  seconds: number;
  /** Whose calls are added up. `key`: of whatever the operation names, beside its own limit. */
  per: 'ip' | 'user' | 'key';
  /** `failures`: a call that succeeds is not counted. */
  counts: 'calls' | 'failures';
}

/** How often a thing accepts something, whoever sends it; changed with LIMIT_<NAME> as well. */
export interface ThingLimit {
  points: number;
  seconds: number;
}

/** The limit classes that every feature may use. */
export const coreLimits = {
  public: { points: 120, seconds: 60, per: 'ip', counts: 'calls' },
  user: { points: 600, seconds: 60, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;

/** Sizes that both ends keep to. */
export const coreSizes = {
  /** Bytes of a JSON request body. */
  body: 1_000_000,
  /** Bytes of one socket packet. */
  packet: 64 * 1024,
  /** People named in one call. */
  people: 100,
} as const;

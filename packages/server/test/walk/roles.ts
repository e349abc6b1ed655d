/** The roles in the order of the columns. */
export const roles = [
  /** Anonymous callers, and those who are no longer signed in: see `unauthenticatedCallers`. */
  'nobody',
  /** In W and in the channel, with an unverified address, and the instance permits them nothing. */
  'unverified',
  /** The same, and the instance permits reading. */
  'unverifiedReader',
  /** Has an account and shares no workspace with anyone. */
  'stranger',
  /** Owner of V and manager of the twin channel. */
  'neighbour',
  'guest',
  'customer',
  /** Member of W, not of the channel. */
  'member',
  /** Member of both. */
  'insider',
  /** Member of W who manages the channels, and the only one in the public one. */
  'manager',
  'admin',
  'owner',
  /** Administrator of the instance, in neither workspace. */
  'instanceAdmin',
] as const;
export type Role = (typeof roles)[number];

/** The callers for `nobody` in the table: each is tried. */
export const unauthenticatedCallers = ['anonymous', 'revoked', 'expired', 'refreshToken'] as const;

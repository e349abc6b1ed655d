/** The roles in the order of the columns. */
export const roles = [
  /** Nobody, and those who are no longer somebody: see `unauthenticatedCallers`. */
  'nobody',
  /** In W and in the channel, but the e-mail address is not verified, and the instance says: may do nothing. */
  'unverified',
  /** The same, and the instance says: may read. */
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
  /** Member of W who runs the channels, and the only one in the public one. */
  'manager',
  'admin',
  'owner',
  /** Runs the instance, is in neither workspace. */
  'instanceAdmin',
] as const;
export type Role = (typeof roles)[number];

/** Who is `nobody` in the table: each is tried. */
export const unauthenticatedCallers = ['anonymous', 'revoked', 'expired', 'refreshToken'] as const;

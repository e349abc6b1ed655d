const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a session lasts without being used. */
const IDLE_MS = 7 * DAY_MS;
/** The same for those who asked to be remembered. */
const IDLE_REMEMBERED_MS = 30 * DAY_MS;
/** However much it is used, a session ends then. */
const ABSOLUTE_MS = 90 * DAY_MS;
/** How long the token before the current one gets the same answer again. */
const GRACE_MS = 30_000;

/** Devices on which one person can be signed in; the longest unused makes room. */
export const MAX_SESSIONS = 100;

/** When a session ends that is used now. */
export function sessionExpiry(session: { remember: boolean; createdAt: Date }, now: Date): Date {
  const idle = now.getTime() + (session.remember ? IDLE_REMEMBERED_MS : IDLE_MS);
  return new Date(Math.min(idle, session.createdAt.getTime() + ABSOLUTE_MS));
}

/** What the decision about a refresh token rests on. */
export interface RefreshState {
  /** Hash of the token that is to be used next. */
  tokenHash: Buffer;
  /** Hash of the token that was traded for it; null before the first trade. */
  previousHash: Buffer | null;
  rotatedAt: Date | null;
  expiresAt: Date;
  revokedAt: Date | null;
}

/**
 * - `rotate`: the current token: trade it for a new one.
 * - `repeat`: the one before, moments ago, and nobody has used its successor: a parallel request or a lost answer.
 *   It gets the same successor again, so that all who asked hold one and the same token.
 * - `reused`: a spent one: somebody else has a copy. The session ends.
 * - `ended`: the session is over anyway.
 */
export type RefreshDecision = 'rotate' | 'repeat' | 'reused' | 'ended';

/**
 * Decides what a token of this session's family is worth. Using the successor makes the token before it forgotten, so
 * the grace can only ever cover an unused successor.
 */
export function refreshDecision(session: RefreshState, presentedHash: Buffer, now: Date): RefreshDecision {
  if (session.revokedAt !== null || session.expiresAt <= now) return 'ended';
  if (presentedHash.equals(session.tokenHash)) return 'rotate';
  if (session.previousHash === null || session.rotatedAt === null) return 'reused';
  const inGrace = now.getTime() - session.rotatedAt.getTime() <= GRACE_MS;
  return inGrace && presentedHash.equals(session.previousHash) ? 'repeat' : 'reused';
}

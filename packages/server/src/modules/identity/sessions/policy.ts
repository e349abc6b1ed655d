const DAY_MS = 24 * 60 * 60 * 1000;

/** How long an unused session lasts. */
const IDLE_MS = 7 * DAY_MS;
/** The same for people who asked to be remembered. */
const IDLE_REMEMBERED_MS = 30 * DAY_MS;
/** The maximum lifetime of a session, however much it is used. */
const ABSOLUTE_MS = 90 * DAY_MS;
/** How long the previous token gets the same answer again. */
const GRACE_MS = 30_000;

/** Maximum number of devices per person; the one unused the longest is signed out. */
export const MAX_SESSIONS = 100;

/** When a session that is used now expires. */
export function sessionExpiry(session: { remember: boolean; createdAt: Date }, now: Date): Date {
  const idle = now.getTime() + (session.remember ? IDLE_REMEMBERED_MS : IDLE_MS);
  return new Date(Math.min(idle, session.createdAt.getTime() + ABSOLUTE_MS));
}

/** What the decision about a refresh token is based on. */
export interface RefreshState {
  /** Hash of the current token. */
  tokenHash: Buffer;
  /** Hash of the previous token; null before the first exchange. */
  previousHash: Buffer | null;
  rotatedAt: Date | null;
  expiresAt: Date;
  revokedAt: Date | null;
}

/**
 * - `rotate`: the current token: exchange it for a new one.
 * - `repeat`: the previous one, within the grace period, and its successor is unused: a parallel request or a lost
 *   answer. It gets the same successor again, so that all callers hold the same token.
 * - `reused`: an older token: somebody else has a copy. The session ends.
 * - `ended`: the session has ended already.
 */
export type RefreshDecision = 'rotate' | 'repeat' | 'reused' | 'ended';

/**
 * Decides what to do with a token of this session's family. Using the current token ends the grace period of the
 * previous one, so that the grace period covers only an unused successor.
 */
export function refreshDecision(session: RefreshState, presentedHash: Buffer, now: Date): RefreshDecision {
  if (session.revokedAt !== null || session.expiresAt <= now) return 'ended';
  if (presentedHash.equals(session.tokenHash)) return 'rotate';
  if (session.previousHash === null || session.rotatedAt === null) return 'reused';
  const inGrace = now.getTime() - session.rotatedAt.getTime() <= GRACE_MS;
  return inGrace && presentedHash.equals(session.previousHash) ? 'repeat' : 'reused';
}

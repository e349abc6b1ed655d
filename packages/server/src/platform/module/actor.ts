import type { Scope } from '@atrium/protocol';

/** Someone with a valid session or API token. */
export interface UserActor {
  kind: 'user';
  userId: string;
  /** Of the session, or of the API token that stands in for one. */
  sessionId: string;
  role: 'user' | 'admin';
  emailVerified: boolean;
  /** When the access token ends; the socket asks for a new one before that. */
  expiresAt: Date;
  /** Set where an API token was sent: it may do no more than these. */
  scopes?: readonly Scope[];
  /** A program with an account of its own. */
  isBot?: true;
}

/** Someone who has not signed in. */
export interface AnonymousActor {
  kind: 'anonymous';
}

export type Actor = UserActor | AnonymousActor;

export const anonymous: AnonymousActor = { kind: 'anonymous' };

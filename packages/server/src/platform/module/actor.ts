import type { Scope } from '@atrium/protocol';

/** A caller with a valid session or API token. */
export interface UserActor {
  kind: 'user';
  userId: string;
  /** Id of the session, or of the API token used in its place. */
  sessionId: string;
  role: 'user' | 'admin';
  emailVerified: boolean;
  /** When the access token expires; the socket requests a new one before. */
  expiresAt: Date;
  /** The scopes of an API token; undefined for a session. */
  scopes?: readonly Scope[];
  /** A bot. */
  isBot?: true;
}

/** A caller who is not signed in. */
export interface AnonymousActor {
  kind: 'anonymous';
}

export type Actor = UserActor | AnonymousActor;

export const anonymous: AnonymousActor = { kind: 'anonymous' };

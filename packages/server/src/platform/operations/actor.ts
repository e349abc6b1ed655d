/** Someone with a valid session. */
export interface UserActor {
  kind: 'user';
  userId: string;
  sessionId: string;
  role: 'user' | 'admin';
  emailVerified: boolean;
  /** When the access token ends; the socket asks for a new one before that. */
  expiresAt: Date;
}

/** Someone who has not signed in. */
export interface AnonymousActor {
  kind: 'anonymous';
}

export type Actor = UserActor | AnonymousActor;

export const anonymous: AnonymousActor = { kind: 'anonymous' };

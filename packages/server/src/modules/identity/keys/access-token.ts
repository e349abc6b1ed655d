import type { KeyObject } from 'node:crypto';
import { errors, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { problem } from '../../../platform/module/index.ts';

/** Lifetime of an access token, in seconds. */
export const ACCESS_SECONDS = 15 * 60;
/** Tolerated clock difference between two nodes, in seconds. */
export const CLOCK_SKEW_SECONDS = 10;

const ALGORITHM = 'EdDSA';
const ISSUER = 'atrium';
const AUDIENCE = 'atrium';
/** RFC 9068: no other type of token is accepted as an access token. */
const TYPE = 'at+jwt';

/** The user and session that an access token is for. */
export interface AccessClaims {
  userId: string;
  sessionId: string;
  /** The account's token version at the time of signing. */
  tokenVersion: number;
}

export interface VerifiedAccess extends AccessClaims {
  expiresAt: Date;
  /** The id of the signing key. */
  kid: string;
}

const payloadSchema = z.object({ sub: z.uuid(), sid: z.uuid(), ver: z.int().min(1), exp: z.int() });

/** Signs an access token that is valid for ACCESS_SECONDS from `now`. */
export function signAccessToken(
  key: { kid: string; privateKey: KeyObject },
  claims: AccessClaims,
  now: Date,
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({ sid: claims.sessionId, ver: claims.tokenVersion })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: key.kid })
    .setSubject(claims.userId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + ACCESS_SECONDS)
    .sign(key.privateKey);
}

/**
 * Checks signature, algorithm, type, issuer, audience and times.
 * @param keyOf the key for a `kid`, or undefined
 * @throws `token_expired`, or `invalid_token` for any other fault
 */
export async function verifyAccessToken(
  token: string,
  keyOf: (kid: string) => Promise<KeyObject | undefined>,
  now: Date,
): Promise<VerifiedAccess> {
  const getKey: JWTVerifyGetKey = async (header) => {
    const key = header.kid === undefined ? undefined : await keyOf(header.kid);
    if (key === undefined) throw problem('invalid_token');
    return key;
  };
  try {
    const { payload, protectedHeader } = await jwtVerify(token, getKey, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: now,
      requiredClaims: ['sub', 'sid', 'ver', 'iat', 'exp'],
    });
    const { sub, sid, ver, exp } = payloadSchema.parse(payload);
    return {
      userId: sub,
      sessionId: sid,
      tokenVersion: ver,
      expiresAt: new Date(exp * 1000),
      kid: String(protectedHeader.kid),
    };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw problem('token_expired');
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw problem('invalid_token');
    throw error;
  }
}

import type { Cookies, CookieTokens } from '../../../platform/module/index.ts';
import { ACCESS_SECONDS } from '../keys/access-token.ts';
import type { Keyring } from '../keys/keyring.ts';

/** A pair of tokens for one session. */
export interface IssuedTokens extends CookieTokens {
  refreshSeconds: number;
}

/** Signs the access token that belongs to a refresh token. */
export async function issueTokens(
  keyring: Pick<Keyring, 'sign'>,
  session: { userId: string; sessionId: string; tokenVersion: number; refreshToken: string; expiresAt: Date },
  now: Date,
): Promise<IssuedTokens> {
  return {
    accessToken: await keyring.sign(session),
    accessSeconds: ACCESS_SECONDS,
    refreshToken: session.refreshToken,
    refreshSeconds: Math.floor((session.expiresAt.getTime() - now.getTime()) / 1000),
  };
}

/** The tokens in the body of an answer. */
export interface TokenBody {
  accessToken?: string;
  expiresIn: number;
  refreshToken?: string;
}

/** Returns tokens to the caller: in the body, or as cookies and then nowhere in the body. */
export function handOver(issued: IssuedTokens, transport: 'token' | 'cookie', cookies: Cookies): TokenBody {
  if (transport === 'token') {
    return { accessToken: issued.accessToken, expiresIn: issued.accessSeconds, refreshToken: issued.refreshToken };
  }
  cookies.set(issued);
  return { expiresIn: issued.accessSeconds };
}

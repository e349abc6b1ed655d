import { fastifyCookie } from '@fastify/cookie';
import type { CookieTokens } from '../module/index.ts';

/** The refresh token is sent to the API only. */
const API_PATH = '/api/v1';

/** Names and flags of the session cookies. Under https their prefix stops sibling domains from setting them. */
export function createCookieJar(secure: boolean) {
  const access = secure ? '__Host-atrium_access' : 'atrium_access';
  const refresh = secure ? '__Secure-atrium_refresh' : 'atrium_refresh';
  const flags = { httpOnly: true, sameSite: 'lax', secure } as const;
  const write = (name: string, value: string, path: string, maxAge: number | undefined) =>
    fastifyCookie.serialize(name, value, { ...flags, path, ...(maxAge === undefined ? {} : { maxAge }) });
  return {
    /** Set-Cookie headers for a session. */
    set: (tokens: CookieTokens): string[] => [
      write(access, tokens.accessToken, '/', tokens.accessSeconds),
      write(refresh, tokens.refreshToken, API_PATH, tokens.refreshSeconds),
    ],
    /** Set-Cookie headers that end it. */
    clear: (): string[] => [write(access, '', '/', 0), write(refresh, '', API_PATH, 0)],
    read(header: string | undefined): { accessToken?: string | undefined; refreshToken?: string | undefined } {
      if (header === undefined) return {};
      const cookies = fastifyCookie.parse(header);
      return { accessToken: cookies[access], refreshToken: cookies[refresh] };
    },
  };
}

export type CookieJar = ReturnType<typeof createCookieJar>;

/** A short-lived cookie whose value the caller seals. Under https sibling domains cannot set it. */
export function createShortLivedCookie(name: string, { secure, seconds }: { secure: boolean; seconds: number }) {
  const fullName = secure ? `__Host-${name}` : name;
  const write = (value: string, maxAge: number) =>
    fastifyCookie.serialize(fullName, value, { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge });
  return {
    set: (value: string) => write(value, seconds),
    clear: () => write('', 0),
    read: (header: string | undefined) => (header === undefined ? undefined : fastifyCookie.parse(header)[fullName]),
  };
}

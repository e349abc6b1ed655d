import { fastifyCookie } from '@fastify/cookie';
import Fastify from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCookieJar } from './cookies.ts';

const tokens = { accessToken: 'a.b.c', accessSeconds: 900, refreshToken: 'r', refreshSeconds: 604_800 };

beforeAll(async () => {
  // The plugin sets its codec when it is registered.
  await Fastify().register(fastifyCookie);
});

describe('S20 the cookies of a session', () => {
  it('have exactly these flags under https', () => {
    expect(createCookieJar(true).set(tokens)).toEqual([
      '__Host-atrium_access=a.b.c; Max-Age=900; Path=/; HttpOnly; Secure; SameSite=Lax',
      '__Secure-atrium_refresh=r; Max-Age=604800; Path=/api/v1; HttpOnly; Secure; SameSite=Lax',
    ]);
  });

  it('have no Secure flag and no prefix without https, because browsers would reject them', () => {
    expect(createCookieJar(false).set({ ...tokens, refreshSeconds: undefined })).toEqual([
      'atrium_access=a.b.c; Max-Age=900; Path=/; HttpOnly; SameSite=Lax',
      'atrium_refresh=r; Path=/api/v1; HttpOnly; SameSite=Lax',
    ]);
  });

  it('are cleared with the same paths', () => {
    expect(createCookieJar(true).clear()).toEqual([
      '__Host-atrium_access=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
      '__Secure-atrium_refresh=; Max-Age=0; Path=/api/v1; HttpOnly; Secure; SameSite=Lax',
    ]);
  });

  it('are read by their own names only', () => {
    const jar = createCookieJar(true);
    expect(jar.read('x=1; __Host-atrium_access=a; __Secure-atrium_refresh=b')).toEqual({
      accessToken: 'a',
      refreshToken: 'b',
    });
    expect(jar.read('atrium_access=a; atrium_refresh=b')).toEqual({ accessToken: undefined, refreshToken: undefined });
    expect(jar.read(undefined)).toEqual({});
    expect(jar.read('%%%;;;=;__proto__=1')).toMatchObject({ accessToken: undefined });
  });
});

import { describe, expect, it } from 'vitest';
import { createOriginPolicy, provesSameOrigin } from './origin.ts';

const isAllowed = createOriginPolicy(['https://good.example', 'https://other.example:8443/']);
const from = (origin: string | undefined, host = 'atrium.example') => ({
  headers: { host, ...(origin === undefined ? {} : { origin }) },
});

describe('allowed origins', () => {
  it.each([
    ['no origin: a program', undefined, true],
    ['the own origin', 'https://atrium.example', true],
    ['the own origin before a proxy that ends https', 'http://atrium.example', true],
    ['an origin of the list', 'https://good.example', true],
    ['an origin of the list with its port', 'https://other.example:8443', true],
    ['upper case', 'https://GOOD.example', true],
    ['another scheme of one of the list', 'http://good.example', false],
    ['another port', 'https://good.example:444', false],
    ['a subdomain', 'https://sub.good.example', false],
    ['the list as a prefix', 'https://good.example.evil.example', false],
    ['the list as a suffix', 'https://evilgood.example', false],
    ['the own host as a prefix', 'https://atrium.example.evil.example', false],
    ['the list as user name', 'https://good.example@evil.example', false],
    ['null', 'null', false],
    ['empty', '', false],
    ['junk', 'good.example', false],
    ['two at once', 'https://good.example https://evil.example', false],
    ['a file', 'file://atrium.example', false],
    ['an extension', 'chrome-extension://atrium.example', false],
    ['a stranger', 'https://evil.example', false],
  ])('%s', (_what, origin, allowed) => {
    expect(isAllowed(from(origin))).toBe(allowed);
  });

  it("do not include http if the server's own origin is https", () => {
    expect(isAllowed(from('http://good.example', 'good.example'))).toBe(false);
    expect(isAllowed(from('https://good.example', 'good.example'))).toBe(true);
  });

  it('do not include another port of this machine', () => {
    expect(isAllowed(from('http://localhost:5173', 'localhost:3000'))).toBe(false);
    expect(isAllowed(from('http://localhost:3000', 'localhost:3000'))).toBe(true);
  });
});

describe('a write with cookies', () => {
  const proves = (headers: Record<string, string>) =>
    provesSameOrigin({ headers: { host: 'atrium.example', ...headers } }, isAllowed);

  it.each([
    [{ origin: 'https://atrium.example' }, true],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'null' }, false],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{}, false],
  ])('with %j: %s', (headers, proven) => {
    expect(proves(headers as Record<string, string>)).toBe(proven);
  });
});

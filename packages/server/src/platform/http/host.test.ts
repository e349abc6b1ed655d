import { describe, expect, it } from 'vitest';
import { createHostPolicy } from './host.ts';

const isOwn = createHostPolicy('https://atrium.example/app', ['https://other.example:8443']);

describe('S37 the server accepts its own host names', () => {
  it.each([
    'atrium.example',
    'ATRIUM.example:443',
    'other.example',
    'localhost:3000',
    'a.localhost',
    '127.0.0.1:3000',
    '[::1]:3000',
    '10.1.2.3',
  ])('%s', (host) => {
    expect(isOwn(host)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'atrium.example.evil.example',
    'evil.example#atrium.example',
    'atrium.example@evil.example',
    'evilatrium.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'a b',
  ])('and not %s', (host) => {
    expect(isOwn(host)).toBe(false);
  });

  it('and all names if none is configured', () => {
    expect(createHostPolicy(undefined, [])('evil.example')).toBe(true);
  });
});

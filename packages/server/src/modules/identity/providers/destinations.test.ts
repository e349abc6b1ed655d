import { returnPath, signInErrors } from '@atrium/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDestinations } from './destinations.ts';

describe.each(['https://atrium.example', 'https://atrium.example/app', 'http://localhost:3000'])(
  'below %s',
  (appUrl) => {
    const destinations = createDestinations(appUrl);
    const { origin } = new URL(appUrl);

    it('every accepted path leads back to this site', () => {
      const pieces = fc.constantFrom(
        '/',
        '\\',
        '.',
        '..',
        ':',
        '@',
        '?',
        '#',
        '%2f',
        '%5c',
        '\t',
        '\n',
        ' ',
        'a',
        'evil.example',
      );
      const paths = fc.oneof(
        fc.array(pieces, { maxLength: 8 }).map((parts) => `/${parts.join('')}`),
        fc.webPath(),
        fc.string(),
      );
      fc.assert(
        fc.property(paths, (path) => {
          if (!returnPath.safeParse(path).success) return;
          expect(new URL(destinations.signedIn(path)).origin).toBe(origin);
          expect(new URL(destinations.linked(path, 'identity_taken')).origin).toBe(origin);
        }),
        { numRuns: 500 },
      );
    });

    it('a path that was never checked leads nowhere else either', () => {
      for (const path of ['@evil.example', '.evil.example', ':80@evil.example/']) {
        expect(new URL(destinations.signedIn(path)).origin).toBe(origin);
      }
    });

    it('failures are shown on the sign-in page', () => {
      for (const error of signInErrors) expect(destinations.failed(error)).toBe(`${appUrl}/login?error=${error}`);
    });

    it('a challenge is in the fragment, which no server sees', () => {
      const challenge = { id: 'secret', methods: ['totp', 'recovery'] as const, expiresAt: '' };
      const url = new URL(destinations.challenged({ ...challenge, methods: [...challenge.methods] }, '/inbox?a=b'));
      expect(url.href.split('#')[0]).toBe(`${appUrl}/login`);
      expect(Object.fromEntries(new URLSearchParams(url.hash.slice(1)))).toEqual({
        challenge: 'secret',
        methods: 'totp,recovery',
        returnTo: '/inbox?a=b',
      });
    });
  },
);

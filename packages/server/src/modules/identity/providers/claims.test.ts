import { describe, expect, it } from 'vitest';
import { mergeClaims, profileOf } from './claims.ts';

const ISSUER = 'https://accounts.example.org';
const email = 'ann@example.org';

describe('an address is verified', () => {
  it.each([
    ['by the token', { email, email_verified: true }, {}, true],
    ['by the text "true" in the token', { email, email_verified: 'true' }, {}, true],
    ['by userinfo for the address of the token', { email }, { email, email_verified: true }, true],
    ['by userinfo alone', {}, { email, email_verified: true }, true],
    ['by the text "true" in userinfo', { email }, { email, email_verified: 'true' }, true],
    ['not by userinfo for another address', { email }, { email: 'eve@example.org', email_verified: true }, false],
    ['not by userinfo without an address', { email }, { email_verified: true }, false],
    ['not where the token says no', { email, email_verified: false }, { email, email_verified: true }, false],
    ['not by another text', { email, email_verified: 'yes' }, {}, false],
    ['not by a number', { email, email_verified: 1 }, {}, false],
    ['not by nobody', { email }, { email }, false],
  ])('%s', (_, token, userinfo, verified) => {
    const claims = mergeClaims({ sub: 'ann', ...userinfo }, { sub: 'ann', ...token });
    expect(profileOf(ISSUER, claims)).toMatchObject({ email, emailVerified: verified });
  });
});

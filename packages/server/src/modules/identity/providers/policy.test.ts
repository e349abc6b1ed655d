import { expect, it } from 'vitest';
import { type AccountResolution, accountResolutionOf, mayUnlink } from './policy.ts';

const open = { disabled: false };
const closed = { disabled: true };
const proved = { disabled: false, emailVerified: true };
const unproved = { disabled: false, emailVerified: false };

it.each<[Parameters<typeof accountResolutionOf>[0], AccountResolution]>([
  [{ identityAccount: open, emailAccount: undefined, emailVouched: true }, 'sign_in'],
  [{ identityAccount: open, emailAccount: undefined, emailVouched: false }, 'sign_in'],
  // The person is what counts, not their current address.
  [{ identityAccount: open, emailAccount: unproved, emailVouched: true }, 'sign_in'],
  [{ identityAccount: closed, emailAccount: proved, emailVouched: true }, 'account_disabled'],
  [{ identityAccount: undefined, emailAccount: undefined, emailVouched: true }, 'create'],
  [{ identityAccount: undefined, emailAccount: undefined, emailVouched: false }, 'email_unverified'],
  [{ identityAccount: undefined, emailAccount: proved, emailVouched: true }, 'link'],
  [{ identityAccount: undefined, emailAccount: proved, emailVouched: false }, 'email_unverified'],
  [{ identityAccount: undefined, emailAccount: unproved, emailVouched: true }, 'reclaim'],
  [{ identityAccount: undefined, emailAccount: unproved, emailVouched: false }, 'email_unverified'],
  [{ identityAccount: undefined, emailAccount: { ...proved, disabled: true }, emailVouched: true }, 'account_disabled'],
  [
    { identityAccount: undefined, emailAccount: { ...unproved, disabled: true }, emailVouched: true },
    'account_disabled',
  ],
])('%j is %s', (facts, resolution) => {
  expect(accountResolutionOf(facts)).toBe(resolution);
});

it.each([
  [{ hasPassword: true, identities: 1 }, true],
  [{ hasPassword: true, identities: 2 }, true],
  [{ hasPassword: false, identities: 2 }, true],
  [{ hasPassword: false, identities: 1 }, false],
])('of %j one may go: %s', (account, may) => {
  expect(mayUnlink(account)).toBe(may);
});

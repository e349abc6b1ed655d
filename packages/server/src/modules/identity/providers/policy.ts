/** What is known when a browser returns from a provider. */
export interface Facts {
  /** The account to which this identity is already linked. */
  identityAccount: { disabled: boolean } | undefined;
  /** The account with the email address that the provider reported. */
  emailAccount: { disabled: boolean; emailVerified: boolean } | undefined;
  /** The provider has verified that address. */
  emailVouched: boolean;
}

/**
 * - `sign_in`: the identity is linked to an account.
 * - `link`: both sides have verified the address, so it is the same person.
 * - `reclaim`: an account exists for the address, but its creator never verified it. The person who has verified the
 *   address gets the account, after all credentials of its creator are revoked.
 * - `create`: no account has that address.
 */
export type AccountResolution = 'sign_in' | 'link' | 'reclaim' | 'create' | 'email_unverified' | 'account_disabled';

/** Decides which account an identity signs in to. */
export function accountResolutionOf({ identityAccount, emailAccount, emailVouched }: Facts): AccountResolution {
  if (identityAccount !== undefined) return identityAccount.disabled ? 'account_disabled' : 'sign_in';
  if (!emailVouched) return 'email_unverified';
  if (emailAccount === undefined) return 'create';
  if (emailAccount.disabled) return 'account_disabled';
  return emailAccount.emailVerified ? 'link' : 'reclaim';
}

/** True if the account can still sign in without one of its identities. */
export function mayUnlink(account: { hasPassword: boolean; identities: number }): boolean {
  return account.hasPassword || account.identities > 1;
}

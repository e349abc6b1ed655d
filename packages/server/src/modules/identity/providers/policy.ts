/** What is known when somebody comes back from a provider. */
export interface Facts {
  /** The account that this person at the provider opens already. */
  identityAccount: { disabled: boolean } | undefined;
  /** The account here that has the address the provider gave. */
  emailAccount: { disabled: boolean; emailVerified: boolean } | undefined;
  /** The provider vouches for that address. */
  emailVouched: boolean;
}

/**
 * - `sign_in`: they have been here before.
 * - `link`: the address is proved on both sides: it is the same person.
 * - `reclaim`: somebody signed up here with an address that they never proved. Whoever proves it now gets the account,
 *   and everything by which the other could come back is taken away first.
 * - `create`: nobody has that address.
 */
export type Arrival = 'sign_in' | 'link' | 'reclaim' | 'create' | 'email_unverified' | 'account_disabled';

/** Decides whose account somebody gets who comes back from a provider. */
export function arrivalOf({ identityAccount, emailAccount, emailVouched }: Facts): Arrival {
  if (identityAccount !== undefined) return identityAccount.disabled ? 'account_disabled' : 'sign_in';
  if (!emailVouched) return 'email_unverified';
  if (emailAccount === undefined) return 'create';
  if (emailAccount.disabled) return 'account_disabled';
  return emailAccount.emailVerified ? 'link' : 'reclaim';
}

/** True when an identity may go: another way to sign in stays. */
export function mayUnlink(account: { hasPassword: boolean; identities: number }): boolean {
  return account.hasPassword || account.identities > 1;
}

import type { Keyring } from './keyring.ts';

/**
 * What the audit log says of an address that somebody typed. Where the account is known, its id says who, and nothing
 * is left to find once it is deleted. Of others there is a keyed hash: enough to see that it was the same one again,
 * until that key is replaced.
 */
export function typedAddress(
  keys: Pick<Keyring, 'codeHash'>,
  email: string,
  accountId: string | null,
): Record<string, string> {
  return accountId === null ? { addressHash: keys.codeHash(['audited_address'], email).toString('hex') } : {};
}

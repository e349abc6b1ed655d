import type { Keyring } from './keyring.ts';

/**
 * How the audit log stores an address that somebody typed. If the account is known, its id is stored, and nothing can
 * be found once it is deleted. For other addresses a keyed hash is stored: enough to recognize the same address again,
 * until that key is replaced.
 */
export function typedAddress(
  keys: Pick<Keyring, 'codeHash'>,
  email: string,
  accountId: string | null,
): Record<string, string> {
  return accountId === null ? { addressHash: keys.codeHash(['audited_address'], email).toString('hex') } : {};
}

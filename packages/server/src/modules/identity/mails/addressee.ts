import type { AccountRow } from '../rows/account-store.ts';

/** The account data that a mail uses. */
export type Addressee = Pick<AccountRow, 'name' | 'email' | 'email_verified_at'>;

/**
 * The greeting and the recipient of a mail to an account. The account's name appears only in mails to verified
 * addresses: anyone can sign up with another person's address, and with any text as a name.
 */
export function addresseeOf({ name, email, email_verified_at }: Addressee): {
  hello: string;
  to: { name: string; address: string };
} {
  const shown = email_verified_at === null ? '' : name;
  return { hello: shown === '' ? 'Hello' : `Hello ${shown}`, to: { name: shown, address: email } };
}

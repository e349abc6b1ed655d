import type { AccountRow } from '../rows/account-store.ts';

/** Whom a mail is for. */
export type Addressee = Pick<AccountRow, 'name' | 'email' | 'email_verified_at'>;

/**
 * How a mail to an account begins, and its recipient. What people call themselves is only in mails to addresses that they
 * have proved to be theirs: anyone can sign up with the address of another, and with any text as a name.
 */
export function addresseeOf({ name, email, email_verified_at }: Addressee): {
  hello: string;
  to: { name: string; address: string };
} {
  const shown = email_verified_at === null ? '' : name;
  return { hello: shown === '' ? 'Hello' : `Hello ${shown}`, to: { name: shown, address: email } };
}

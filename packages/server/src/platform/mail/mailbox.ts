import { characters, isStorableText } from '@atrium/protocol';

/** A sender or recipient. */
export interface Mailbox {
  /** May be empty. */
  name: string;
  address: string;
}

/** An email to one recipient, as text and as HTML. */
export interface Mail {
  to: Mailbox;
  subject: string;
  text: string;
  html: string;
}

const MAX_NAME_LENGTH = 200;
const MAX_ADDRESS_LENGTH = 254;
/** Without characters that end an address, start another one, or hide either. */
const ADDRESS = /^[^\s@<>()[\],;:"\\\p{Cc}\p{Cf}]+@[^\s@<>()[\],;:"\\\p{Cc}\p{Cf}]+$/u;
const NAME_AND_ADDRESS = /^\s*"?([^"<>]*?)"?\s*<([^<>]+)>\s*$/;

/**
 * True for text that fits into one header: storable, without line breaks or other control characters.
 * @param most maximum length
 */
export function isHeaderText(value: string, most: number): boolean {
  return characters(value) <= most && isStorableText(value) && !/[\p{Cc}\u2028\u2029]/u.test(value);
}

/** True for exactly one plain address. */
export function isAddress(value: string): boolean {
  return value.length <= MAX_ADDRESS_LENGTH && isStorableText(value) && ADDRESS.test(value);
}

/** True if both parts are valid in a header and name exactly one recipient. */
export function isMailbox({ name, address }: Mailbox): boolean {
  return isHeaderText(name, MAX_NAME_LENGTH) && isAddress(address);
}

/** Parses `Name <name@example.com>` or `name@example.com`. Throws a RangeError for anything else. */
export function parseMailbox(value: string): Mailbox {
  const [, name = '', address = value.trim()] = NAME_AND_ADDRESS.exec(value) ?? [];
  const mailbox = { name, address };
  if (!isMailbox(mailbox)) throw new RangeError('expected an address such as "Atrium <atrium@example.com>"');
  return mailbox;
}

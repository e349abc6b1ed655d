import { characters, isStorableText } from '@atrium/protocol';

/** Whom a mail is from or to. */
export interface Mailbox {
  /** May be empty. */
  name: string;
  address: string;
}

/** A mail to one person, as text and as HTML. */
export interface Mail {
  to: Mailbox;
  subject: string;
  text: string;
  html: string;
}

const MAX_NAME_LENGTH = 200;
const MAX_ADDRESS_LENGTH = 254;
/** No character that could end an address, start another one, or hide either. */
const ADDRESS = /^[^\s@<>()[\],;:"\\\p{Cc}\p{Cf}]+@[^\s@<>()[\],;:"\\\p{Cc}\p{Cf}]+$/u;
const NAME_AND_ADDRESS = /^\s*"?([^"<>]*?)"?\s*<([^<>]+)>\s*$/;

/** True for text that fits in one header: storable, without line breaks or other control characters; `most` of them. */
export function isHeaderText(value: string, most: number): boolean {
  return characters(value) <= most && isStorableText(value) && !/[\p{Cc}\u2028\u2029]/u.test(value);
}

/** True for one plain address, and nothing else besides it. */
export function isAddress(value: string): boolean {
  return value.length <= MAX_ADDRESS_LENGTH && isStorableText(value) && ADDRESS.test(value);
}

/** True when both parts can stand in a header and name exactly one recipient. */
export function isMailbox({ name, address }: Mailbox): boolean {
  return isHeaderText(name, MAX_NAME_LENGTH) && isAddress(address);
}

/** Reads `Name <name@example.com>` or `name@example.com`. Throws a RangeError for anything else. */
export function parseMailbox(value: string): Mailbox {
  const [, name = '', address = value.trim()] = NAME_AND_ADDRESS.exec(value) ?? [];
  const mailbox = { name, address };
  if (!isMailbox(mailbox)) throw new RangeError('expected an address such as "Atrium <atrium@example.com>"');
  return mailbox;
}

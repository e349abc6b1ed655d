import { z } from 'zod';
import { canonicalEmail, isEmailAddress } from './email-address.ts';

/** Postgres can store neither NUL nor half of a surrogate pair, and no person means to send one. */
const UNSTORABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** True when `value` can be stored and shown: no NUL, no lone surrogate. */
export function isStorableText(value: string): boolean {
  return !UNSTORABLE.test(value);
}

/** How many characters a text has, as PostgreSQL and JSON Schema count them: an emoji outside the first plane is one. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The first `most` characters of a text, counted so; no character is halved. */
export function firstCharacters(text: string, most: number): string {
  // So many are never more than twice as many units, which bounds what is looked at.
  return text.length <= most ? text : [...text.slice(0, 2 * most)].slice(0, most).join('');
}

/** Refuses what has fewer or more characters. Counts only where the UTF-16 units, one or two a character, do not decide. */
function within(min: number, max: number) {
  return ({ value, issues }: { value: string; issues: z.core.$ZodRawIssue[] }) => {
    const units = value.length;
    const clear = units >= 2 * min && units <= max;
    const count = clear ? units : units > 2 * max ? units : characters(value);
    if (count > max) issues.push({ code: 'too_big', origin: 'string', maximum: max, inclusive: true, input: value });
    if (count < min) issues.push({ code: 'too_small', origin: 'string', minimum: min, inclusive: true, input: value });
  };
}

const bounds = (min: number, max: number) => ({ minLength: min, maxLength: max });

/**
 * Free text of `min`–`max` characters, stored as written.
 * @param normalize applied before the text is measured, where it is stored or compared in one form
 */
export function text(min: number, max: number, normalize?: (value: string) => string) {
  const written = normalize === undefined ? z.string() : z.string().overwrite(normalize);
  return written
    .check(within(min, max))
    .meta(bounds(min, max))
    .refine(isStorableText, { error: 'contains a character that cannot be stored', params: { code: 'invalid_text' } });
}

/** One line of text for names and titles: trimmed, without line breaks or other control characters. */
export function line(min: number, max: number) {
  return z
    .string()
    .trim()
    .check(within(min, max))
    .meta(bounds(min, max))
    .refine((value) => isStorableText(value) && !/[\p{Cc}\u2028\u2029]/u.test(value), {
      error: 'contains a control character',
      params: { code: 'invalid_text' },
    });
}

/**
 * A code as a person types or pastes it, without what only groups it: spaces, hyphens of any kind, invisible characters.
 * Full-width digits and letters become plain ones.
 */
export function ungroupCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}]/gu, '');
}

/** An identifier made by the server (UUIDv7), or by a client for its own intents (any UUID). */
export const id = z.uuid().toLowerCase().meta({ description: 'UUID' });

/** An instant as ISO 8601 in UTC. */
export const instant = z.iso.datetime().meta({ description: 'ISO 8601, UTC' });

/** An e-mail address: trimmed, in lower case, its domain in ASCII, at most 254 characters (RFC 5321). */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .overwrite(canonicalEmail)
  .max(254)
  .check(({ value, issues }) => {
    if (isEmailAddress(value)) return;
    issues.push({ code: 'invalid_format', format: 'email', input: value, message: 'not an e-mail address' });
  })
  .meta({ format: 'email' });

/** A position in a stream. */
export const seq = z.int().min(0).meta({ description: 'Position in a stream' });

/** How many items a list returns. */
export const limit = z.int().min(1).max(200).default(50);

/** Where the next page of a list starts; opaque. */
export const cursor = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[\w-]+$/);

/** The version of a shared thing that the writer has seen; an older one is answered with 409. */
export const version = z.int().min(1);

/** `{ items, nextCursor }`: a page of a list; its operation takes `cursor`. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: cursor.nullable() });
}

/** The same shape for a list that is short enough to come as a whole. */
export function whole<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.null() });
}

/**
 * `{ items, moreBefore, moreAfter }`: a stretch of what was said, the oldest first, which goes on both ways; its operation
 * takes `before` and `after`, the position of the first or last item.
 */
export function stretch<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), moreBefore: z.boolean(), moreAfter: z.boolean() });
}

/** The answer of a command that has nothing to tell. */
export const nothing = z.object({});

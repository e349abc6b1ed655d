import { randomInt } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U, so that a code can be written by hand and read out on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 12 characters of 5 bits: 60 bits, which cannot be guessed at 10 failures an hour. */
const LENGTH = 12;
const GROUP = 4;

/** Creates a code in its stored form: 12 upper-case characters without dashes. */
export function newCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

/** Formats a stored code for people: `7K3M-9QXA-B2RT`. */
export function formatCode(code: string): string {
  return (code.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-');
}

/**
 * Parses a typed code: any case, dashes and spaces anywhere, O for 0 and I or L for 1.
 * @returns the stored form, or undefined if it is not a code
 */
export function parseCode(typed: string): string | undefined {
  const bare = typed.replace(/[\s\p{Pd}]/gu, '');
  // Before upper-casing, in which a letter of another alphabet can become two of this one.
  if (!/^[0-9a-z]+$/i.test(bare)) return undefined;
  const code = bare.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  const known = [...code].every((character) => ALPHABET.includes(character));
  return known && code.length === LENGTH ? code : undefined;
}

import { createHash, randomBytes } from 'node:crypto';

/** Number of recovery codes per account. */
export const RECOVERY_CODES = 10;

/** No characters that look alike: 32 characters, 5 bits each. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz023456789';
const LENGTH = 16;
const GROUP = 4;

/** Creates recovery codes of 80 random bits each, in the form `abcd-efgh-jkmn-pqrs`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const signs = [...randomBytes(LENGTH)].map((byte) => SIGNS[byte % SIGNS.length]).join('');
    return (signs.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
  });
}

/**
 * The hash that the database stores for a code, however it is typed; undefined if it cannot be one. It needs no key: 80
 * random bits cannot be found by trying, and the codes stay valid longer than any key.
 */
export function recoveryHash(accountId: string, typed: string): Buffer | undefined {
  const code = typed.toLowerCase().replace(/[^a-z\d]/g, '');
  if (code.length !== LENGTH) return undefined;
  return createHash('sha256')
    .update(JSON.stringify(['recovery', accountId, code]))
    .digest();
}

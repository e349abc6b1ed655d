import { randomBytes } from 'node:crypto';
import type { Keyring } from '../keys/keyring.ts';

/** How many recovery codes somebody has. */
export const RECOVERY_CODES = 10;

/** No letter that looks like another one: 32 signs, 5 bits each. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz023456789';
const LENGTH = 16;
const GROUP = 4;

/** Recovery codes of 80 random bits each, as people read them: `abcd-efgh-jkmn-pqrs`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const signs = [...randomBytes(LENGTH)].map((byte) => SIGNS[byte % SIGNS.length]).join('');
    return (signs.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
  });
}

/** The hash by which the database knows a code, however it is typed; undefined: it cannot be one. */
export function recoveryHash(keys: Pick<Keyring, 'codeHash'>, accountId: string, typed: string): Buffer | undefined {
  const code = typed.toLowerCase().replace(/[^a-z\d]/g, '');
  return code.length === LENGTH ? keys.codeHash(['recovery', accountId], code) : undefined;
}

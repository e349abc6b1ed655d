import { commonPasswords } from './common.ts';

/** The owner of a password, whose name and address must not be part of it. */
export interface PasswordOwner {
  email: string;
  name: string;
  username?: string | undefined;
}

export type PasswordFault = 'common' | 'email' | 'name';

/** The same text for every way to type the same characters; nothing is cut off. */
export function normalizePassword(password: string): string {
  return password.normalize('NFC');
}

/** Why a password is refused, or undefined. Case is ignored; the contract limits the length. */
export function passwordFault(password: string, owner: PasswordOwner): PasswordFault | undefined {
  const candidate = fold(password);
  const email = fold(owner.email);
  if (candidate === email || candidate === email.slice(0, email.lastIndexOf('@'))) return 'email';
  if (candidate === fold(owner.name) || candidate === fold(owner.username ?? '')) return 'name';
  return isCommon(candidate) ? 'common' : undefined;
}

function fold(text: string): string {
  return normalizePassword(text).trim().toLowerCase();
}

function isCommon(candidate: string): boolean {
  return commonPasswords.has(candidate) || commonPasswords.has(core(candidate)) || isPattern(candidate);
}

/** `!dragon2024` → `dragon`: adding a few digits or signs does not make a common word less common. */
function core(candidate: string): string {
  return candidate.replace(/^[^\p{L}]{1,2}/u, '').replace(/[^\p{L}]{1,4}$/u, '');
}

/** One repeated piece (`abababab`), or consecutive characters (`12345678`, `hgfedcba`). */
function isPattern(candidate: string): boolean {
  if (/^(.{1,4})\1+$/su.test(candidate)) return true;
  const steps = new Set<number>();
  const points = [...candidate].map((character) => character.codePointAt(0) ?? 0);
  for (const [at, point] of points.entries()) {
    const before = points[at - 1];
    // 7890: on a keyboard, zero follows nine.
    if (before !== undefined) steps.add(point === 0x30 && before === 0x39 ? 1 : point - before);
  }
  return steps.size === 1 && (steps.has(1) || steps.has(-1));
}

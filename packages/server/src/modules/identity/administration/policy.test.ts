import { expect, it } from 'vitest';
import { type AdminFacts, adminUserCanOf } from './policy.ts';

const someone: AdminFacts = {
  isSelf: false,
  isBot: false,
  isDeleted: false,
  isLastAdmin: false,
  hasSecondFactor: true,
  hasPicture: true,
};

it.each<[string, Partial<AdminFacts>, string]>([
  ['somebody else', {}, 'changeRole disable signOut resetSecondFactor removePicture delete'],
  ['somebody without a second factor', { hasSecondFactor: false }, 'changeRole disable signOut removePicture delete'],
  ['somebody without a picture', { hasPicture: false }, 'changeRole disable signOut resetSecondFactor delete'],
  ['oneself, beside other administrators', { isSelf: true }, 'changeRole'],
  ['oneself, the last administrator', { isSelf: true, isLastAdmin: true }, ''],
  ['a bot', { isBot: true, hasSecondFactor: false }, 'disable removePicture'],
  ['a deleted account', { isDeleted: true, hasSecondFactor: false }, ''],
])('%s', (_, facts, expected) => {
  const can = adminUserCanOf({ ...someone, ...facts });
  const allowed = Object.entries(can).flatMap(([key, may]) => (may ? [key] : []));
  expect(allowed.join(' ')).toBe(expected);
});

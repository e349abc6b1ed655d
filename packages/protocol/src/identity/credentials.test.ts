import { describe, expect, it } from 'vitest';
import { newPassword, otp, secondFactor, typedPassword } from './credentials.ts';

describe('a password is measured in NFC', () => {
  it.each([
    ['128 × ñ as one code point each', 'ñ'.repeat(128), true],
    ['128 × ñ as two code points each', 'n\u0303'.repeat(128), true],
    ['90 letters as two code points each', 'e\u0301'.repeat(90), true],
    ['129 × ñ as two code points each', 'n\u0303'.repeat(129), false],
    ['four letters as two code points each', 'e\u0301'.repeat(4), false],
  ])('%s', (_, typed, accepted) => {
    expect(newPassword.safeParse(typed).success).toBe(accepted);
  });

  it('and is returned in that form', () => {
    expect(typedPassword.parse('pen\u0303a')).toBe('pe\u00f1a');
  });
});

describe('a code that a person types', () => {
  it.each([
    '123456',
    ' 123456 ',
    '123 456',
    '123-456',
    '12 34 56',
    '123\u2013456',
    '123\u00A0456',
    '\u200E123456\u200B',
    '１２３４５６',
  ])('%j is 123456, mailed or from an app', (typed) => {
    expect(otp.parse(typed)).toBe('123456');
    expect(secondFactor.parse(typed)).toBe('123456');
  });

  it.each(['12345', '1234567', '123_456', '123.456', ''])('%j is not six digits', (typed) => {
    expect(otp.safeParse(typed).success).toBe(false);
  });

  it('can be a recovery code with hyphens', () => {
    expect(secondFactor.parse('abcd-efgh-jkmn-pqrs')).toBe('abcdefghjkmnpqrs');
  });
});

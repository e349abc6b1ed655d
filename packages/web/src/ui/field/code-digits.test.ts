import { expect, it } from 'vitest';
import { codeDigits } from './code-digits.ts';

it.each(['123456', '123 456', ' 123-456 ', '12\u201334\u00A056', '１２３４５６'])('accepts %j as 123456', (typed) => {
  expect(codeDigits(typed)).toBe('123456');
});

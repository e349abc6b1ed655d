import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyDigits, fromDecimal, toDecimal } from './money.ts';

describe('amounts in minor units', () => {
  it.each([
    ['JPY', 1000, '1000'],
    ['KWD', 1234, '1.234'],
    ['CLP', 990, '990'],
    ['EUR', 30, '0.30'],
    ['IQD', 5, '0.005'],
    ['CLF', 12_345, '1.2345'],
    ['EUR', -5, '-0.05'],
  ])('%s %d is %s', (currency, minor, decimal) => {
    expect(toDecimal(minor, currency)).toBe(decimal);
    if (minor >= 0) expect(fromDecimal(decimal, currency)).toBe(minor);
  });

  it.each([
    ['JPY', '10.5'],
    ['KWD', '1.2345'],
    ['EUR', '1,50'],
    ['EUR', '-1'],
    ['EUR', '1e3'],
    ['EUR', ''],
    ['EUR', '1.'],
    ['EUR', '999999999999999'],
  ])('%s %j is refused', (currency, text) => {
    expect(fromDecimal(text, currency)).toBeUndefined();
  });

  it('can be formatted and parsed in every currency', () => {
    const currency = fc.constantFrom(...Intl.supportedValuesOf('currency'));
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 10 }), currency, (minor, code) => {
        expect(fromDecimal(toDecimal(minor, code), code)).toBe(minor);
        expect(toDecimal(minor, code).split('.')[1]?.length ?? 0).toBe(currencyDigits(code));
      }),
    );
  });
});

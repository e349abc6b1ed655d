import { describe, expect, it } from 'vitest';
import { formatsFor } from './formats-for.ts';

const NOW = Date.parse('2026-11-26T10:05:00Z');
const at = (text: string) => Date.parse(text);

describe('formats', () => {
  const german = formatsFor('de', 'Europe/Vienna', () => NOW);

  it('follow the zone of the person, not that of the machine', () => {
    expect(german.time(at('2026-11-26T23:30:00Z'))).toBe('0:30');
    expect(german.dayKey(at('2026-11-26T23:30:00Z'))).toBe('2026-11-27');
    expect(formatsFor('de', 'America/New_York', () => NOW).dayKey(at('2026-11-27T02:00:00Z'))).toBe('2026-11-26');
  });

  it('give the time for today and the date for other days', () => {
    expect(german.recent(at('2026-11-26T08:41:00Z'))).toBe('9:41');
    expect(german.recent(at('2026-11-25T08:41:00Z'))).toBe('25. Nov.');
  });

  it.each([
    ['2026-11-24T10:05:00Z', 'vorgestern'],
    ['2026-11-26T08:05:00Z', 'vor 2 Stunden'],
    ['2026-11-26T10:04:30Z', 'in dieser Minute'],
    ['2026-12-03T10:05:00Z', 'in 7 Tagen'],
  ])('say how far %s is away', (instant, text) => {
    expect(german.relative(instant)).toBe(text);
  });

  it.each([
    [0, '0 Byte'],
    [999, '999 Byte'],
    [17_400, '17 kB'],
    [1_250_000, '1,3 MB'],
  ])('say how large %i bytes are', (count, text) => {
    expect(german.bytes(count)).toBe(text);
  });

  it('count bytes in the plural', () => {
    expect(formatsFor('en', undefined, () => NOW).bytes(73)).toBe('73 bytes');
  });

  it('know how many decimals a currency has', () => {
    const english = formatsFor('en-GB', undefined, () => NOW);
    expect(english.money(980, 'EUR')).toBe('€9.80');
    expect(english.money(980, 'JPY')).toBe('JP¥980');
    expect(english.money(1234, 'IQD').replaceAll('\u00a0', ' ')).toBe('IQD 1.234');
  });
});

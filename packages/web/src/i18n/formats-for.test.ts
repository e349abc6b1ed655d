import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Formats, formatsFor } from './formats-for.ts';

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

  describe('of the browser', () => {
    afterEach(() => vi.restoreAllMocks());

    it.each([
      ['time', () => vi.spyOn(Intl, 'DateTimeFormat'), (formats: Formats) => formats.time(NOW)],
      ['weekday', () => vi.spyOn(Intl, 'DateTimeFormat'), (formats: Formats) => formats.dayOfWeek(3, 'long')],
      ['number', () => vi.spyOn(Intl, 'NumberFormat'), (formats: Formats) => formats.number(1_000)],
      ['money', () => vi.spyOn(Intl, 'NumberFormat'), (formats: Formats) => formats.money(980, 'EUR')],
      ['bytes', () => vi.spyOn(Intl, 'NumberFormat'), (formats: Formats) => formats.bytes(17_400)],
      ['list', () => vi.spyOn(Intl, 'ListFormat'), (formats: Formats) => formats.list(['Ann', 'Bo'])],
    ] as const)('are made when a %s is first written, and once', (_, spy, write) => {
      const made = spy();
      const formats = formatsFor('de', 'Europe/Vienna', () => NOW);
      expect(made).not.toHaveBeenCalled();
      const texts = Array.from({ length: 100 }, () => write(formats));
      expect(new Set(texts).size).toBe(1);
      expect(made).toHaveBeenCalledTimes(1);
    });
  });
});

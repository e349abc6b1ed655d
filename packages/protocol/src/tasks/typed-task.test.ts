import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTask } from './typed-task.ts';

/** Sunday, 29 November 2026, 10:00 in Berlin. */
const now = new Date('2026-11-29T09:00:00Z');
const parse = (text: string, timeZone = 'Europe/Berlin') => parseTask(text, { now, timeZone, locale: 'en' });

describe('parseTask', () => {
  it('parses every part', () => {
    expect(parse('Buy nails tomorrow 17:00 !high #garden @ben @Cat')).toEqual({
      title: 'Buy nails',
      dueAt: '2026-11-30T16:00:00.000Z',
      dueWords: 'tomorrow 17:00',
      priority: 'high',
      category: 'garden',
      usernames: ['ben', 'cat'],
    });
    expect(parse('@ben !low Call the "big" shop #"do it yourself" by friday')).toEqual({
      title: 'Call the "big" shop',
      dueOn: '2026-12-04',
      dueWords: 'friday',
      priority: 'low',
      category: 'do it yourself',
      usernames: ['ben'],
    });
  });

  it.each([
    ['Pay rent on 1 December', { title: 'Pay rent', dueOn: '2026-12-01' }],
    ['Pay rent today', { title: 'Pay rent', dueOn: '2026-11-29' }],
    ['Ring Ann at 9am', { title: 'Ring Ann', dueAt: '2026-11-30T08:00:00.000Z' }],
    ['Plant tulips 2027-04-01 08:30', { title: 'Plant tulips', dueAt: '2027-04-01T06:30:00.000Z' }],
    ['Water plants in 3 days', { title: 'Water plants', dueOn: '2026-12-02' }],
  ])('%j', (text, expected) => {
    const { usernames: _, dueWords: __, ...typed } = parse(text);
    expect(typed).toEqual(expected);
  });

  it('keeps dates, tags and addresses in the title that belong to it', () => {
    for (const title of [
      'Read 1984 by Orwell',
      'Plan the sunday service with May',
      'Mail ann@example.org about C#',
      'tomorrow',
    ]) {
      expect(parse(title)).toEqual({ title, usernames: [] });
    }
  });

  it('uses the day of the user, whatever the zone of the server', () => {
    expect(parse('Sleep tomorrow', 'Pacific/Kiritimati').dueOn).toBe('2026-11-30');
    expect(parse('Sleep today', 'Pacific/Honolulu').dueOn).toBe('2026-11-28');
    expect(parse('Sleep tomorrow 17:00', 'America/New_York').dueAt).toBe('2026-11-30T22:00:00.000Z');
    // The offset is that of the due day, not of now.
    expect(parse('Mow on 1 July at 9:00').dueAt).toBe('2027-07-01T07:00:00.000Z');
  });

  it.each([
    ['de', 'Nägel kaufen bis morgen', { title: 'Nägel kaufen', dueOn: '2026-11-30' }],
    ['de-AT', 'Nägel kaufen am Freitag', { title: 'Nägel kaufen', dueOn: '2026-12-04' }],
    ['de', 'Buy nails tomorrow', { title: 'Buy nails', dueOn: '2026-11-30' }],
    ['ja', '釘を買う 明日', { title: '釘を買う', dueOn: '2026-11-30' }],
    ['en', 'Nägel kaufen morgen', { title: 'Nägel kaufen morgen' }],
  ])('reads dates in the language of the speaker: %s, %s', (locale, text, expected) => {
    const { usernames: _, dueWords: __, ...typed } = parseTask(text, { now, timeZone: 'Europe/Berlin', locale });
    expect(typed).toEqual(expected);
  });

  it('keeps text in the title that is marked as plain', () => {
    const text = 'Buy nails !High @Ben #"do it" @cat tomorrow';
    const plain = new Set(['!high', '@ben', '#do it', 'tomorrow']);
    const isPlain = (words: string) => plain.has(words.toLowerCase());
    expect(parseTask(text, { now, timeZone: 'Europe/Berlin', locale: 'en', isPlain })).toEqual({
      title: 'Buy nails !High @Ben #"do it" tomorrow',
      usernames: ['cat'],
    });
  });

  it('accepts any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), (text) => {
        const { title } = parse(text);
        expect(title.length).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 300 },
    );
  });
});

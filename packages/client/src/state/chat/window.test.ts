import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { message } from '../../../test/fixtures.ts';
import type { MessageWindow } from './state.ts';
import { append, type HistoryPage, join } from './window.ts';

const seqs = (window: MessageWindow) => window.items.map(({ seq }) => seq);
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
const page = (from: number, to: number, last: number): HistoryPage => ({
  items: range(from, to).map((seq) => message(seq)),
  moreBefore: from > 1,
  moreAfter: to < last,
});

describe('join', () => {
  it('reads a history in both directions without gaps or repetitions', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 80 }),
        fc.array(fc.record({ back: fc.boolean(), size: fc.integer({ min: 1, max: 20 }) })),
        (last, middle, walks) => {
          const at = Math.min(middle, last);
          let window = join(undefined, page(at, at, last), undefined);
          for (const { back, size } of walks) {
            const [first = 0, end = 0] = [window.items[0]?.seq, window.items.at(-1)?.seq];
            const next = back
              ? page(Math.max(1, first - size), first - 1, last)
              : page(end + 1, Math.min(last, end + size), last);
            window = join(window, next, back ? 'before' : 'after');
            expect(seqs(window)).toEqual(range(seqs(window)[0]!, seqs(window).at(-1)!));
            if (next.items.length > 0) expect(window.moreBefore).toBe(seqs(window)[0] !== 1);
            if (next.items.length > 0) expect(window.moreAfter).toBe(seqs(window).at(-1) !== last);
          }
        },
      ),
    );
  });

  it('replaces a window that the page does not touch', () => {
    const window = join(undefined, page(1, 5, 90), undefined);
    expect(seqs(join(window, page(50, 60, 90), undefined))).toEqual(range(50, 60));
    expect(seqs(join(window, page(4, 8, 90), undefined))).toEqual(range(1, 8));
    expect(join(window, page(4, 8, 90), undefined)).toMatchObject({ moreBefore: false, moreAfter: true });
  });
});

it('holds at most 2,000 messages: drops the end away from the reader', () => {
  const window = join(undefined, page(2_001, 4_000, 4_000), undefined);
  const back = join(window, page(1_901, 2_000, 4_000), 'before');
  expect(seqs(back)).toEqual(range(1_901, 3_900));
  expect(back).toMatchObject({ moreBefore: true, moreAfter: true });
  const forth = join(back, page(3_901, 4_000, 4_000), 'after');
  expect(seqs(forth)).toEqual(range(2_001, 4_000));
  expect(forth).toMatchObject({ moreBefore: true, moreAfter: false });
});

describe('append', () => {
  it('adds new messages at the end, once, and only if the window ends with the newest', () => {
    const window = join(undefined, page(1, 3, 3), undefined);
    expect(seqs(append(window, message(5)))).toEqual([1, 2, 3, 5]);
    expect(append(window, message(3))).toBe(window);
    const old = join(undefined, page(1, 3, 9), undefined);
    expect(append(old, message(10))).toBe(old);
  });

  it('drops the oldest messages of a growing window, and records that there are more', () => {
    const grown = range(1, 2_500).reduce<MessageWindow>((window, seq) => append(window, message(seq)), {
      items: [],
      moreBefore: false,
      moreAfter: false,
    });
    expect(grown).toMatchObject({ moreBefore: true, moreAfter: false });
    expect(seqs(grown)).toEqual(range(501, 2_500));
  });
});

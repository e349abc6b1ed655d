import { afterEach, expect, it, vi } from 'vitest';
import { type Marks, ReceiptMarks } from './receipts.ts';

let marks: ReceiptMarks;
let sent: [string, Marks][];

function setup(known: Record<string, Marks> = {}, send = async (): Promise<unknown> => ({})): void {
  vi.useFakeTimers();
  sent = [];
  marks = new ReceiptMarks({
    known: (id) => known[id],
    send: (id, each) => {
      sent.push([id, each]);
      return send();
    },
    mayPass: () => true,
  });
}

afterEach(() => {
  marks.close();
  vi.useRealTimers();
});

it('sends the latest mark immediately, then at most once a second', async () => {
  setup();
  for (let seq = 1; seq <= 5; seq++) marks.mark('a', { deliveredSeq: seq });
  await vi.advanceTimersByTimeAsync(0);
  for (let seq = 6; seq <= 9; seq++) marks.mark('a', { deliveredSeq: seq });
  marks.mark('a', { readSeq: 7 });
  await vi.advanceTimersByTimeAsync(999);
  expect(sent).toEqual([['a', { deliveredSeq: 5 }]]);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent[1]).toEqual(['a', { deliveredSeq: 9, readSeq: 7 }]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sent).toHaveLength(2);
});

it('sends nothing that the server knows, and never moves back', async () => {
  setup({ a: { deliveredSeq: 5, readSeq: 3 } });
  marks.mark('a', { deliveredSeq: 5, readSeq: 3 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent).toEqual([]);
  marks.mark('a', { deliveredSeq: 8, readSeq: 6 });
  marks.mark('a', { deliveredSeq: 7, readSeq: 4 });
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([['a', { deliveredSeq: 8, readSeq: 6 }]]);
});

it('stays below the rate limit with many conversations, and sends all of them', async () => {
  setup();
  for (let n = 0; n < 120; n++) marks.mark(`c${n}`, { deliveredSeq: 1 });
  await vi.advanceTimersByTimeAsync(4_999);
  expect(sent.length).toBeLessThanOrEqual(100);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(new Set(sent.map(([id]) => id)).size).toBe(120);
});

it('retries failed calls', async () => {
  let fails = 2;
  setup({}, () => (fails-- > 0 ? Promise.reject(new Error('gone')) : Promise.resolve({})));
  marks.mark('a', { readSeq: 4 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toEqual(Array(3).fill(['a', { readSeq: 4 }]));
});

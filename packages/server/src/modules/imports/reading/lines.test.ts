import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Line, linesOf } from './lines.ts';

async function all(chunks: readonly string[], most = 1_000): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), most)) lines.push(line);
  return lines;
}

it('yields each line with its position, however the bytes are split', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string()), fc.integer({ min: 1, max: 7 }), async (texts, size) => {
      const lines = texts.map((text) => text.replace(/[\r\n\uFEFF]/g, ''));
      const whole = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
        whole.subarray(at * size, (at + 1) * size),
      );
      const found: Line[] = [];
      for await (const line of linesOf(Readable.from(chunks), 10_000)) found.push(line);
      expect(found.map(({ text }) => text)).toEqual(lines);
      for (const { bytes, offset, text } of found) expect(whole.subarray(offset, offset + bytes).toString()).toBe(text);
    }),
  );
});

it('skips lines that are too long', async () => {
  const lines = await all(['\uFEFFone\r\n', 'x'.repeat(5_000), `${'x'.repeat(5_000)}\nthree`]);
  expect(lines.map(({ number, text }) => [number, text])).toEqual([
    [1, 'one'],
    [2, undefined],
    [3, 'three'],
  ]);
});

import { buffer } from 'node:stream/consumers';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { EXPORT_PAGE, pagesOf } from '../rows/export-part.ts';
import { archiveOf } from './archive.ts';

const AT = new Date('2026-03-01T12:00:00.000Z');

async function* given(...pages: object[][]): AsyncGenerator<object[]> {
  yield* pages;
}

describe('an archive', () => {
  it('has a JSON array for each part, and a readme', async () => {
    const parts = [
      { name: 'none', about: 'nothing at all', pages: given() },
      { name: 'empty', about: 'an empty page', pages: given([]) },
      { name: 'some', about: 'a few', pages: given([{ n: 1 }, { n: 'Zürich 🍅' }], [{ n: 3 }]) },
    ];
    const files = unzipSync(await buffer(archiveOf(parts, AT)));
    expect(Object.keys(files)).toEqual(['README.txt', 'none.json', 'empty.json', 'some.json']);
    const read = (name: string) => strFromU8(files[name]!);
    expect(read('README.txt')).toContain('2026-03-01T12:00:00.000Z');
    expect(read('README.txt')).toContain('some.json: a few');
    expect(JSON.parse(read('none.json'))).toEqual([]);
    expect(JSON.parse(read('empty.json'))).toEqual([]);
    expect(JSON.parse(read('some.json'))).toEqual([{ n: 1 }, { n: 'Zürich 🍅' }, { n: 3 }]);
  });

  it('causes no warnings, however many parts there are', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const parts = Array.from({ length: 30 }, (_, at) => ({ name: `part-${at}`, about: 'one of many', pages: given() }));
    const files = unzipSync(await buffer(archiveOf(parts, AT)));
    expect(Object.keys(files)).toHaveLength(31);
    expect(warn.mock.calls).toEqual([]);
    warn.mockRestore();
  });

  it('reads no further than the consumer, and stops when the consumer does', async () => {
    let read = 0;
    let ended = false;
    async function* endless(): AsyncGenerator<object[]> {
      try {
        for (;;) {
          read += 1;
          yield [{ read, noise: Array.from({ length: 200 }, Math.random) }];
        }
      } finally {
        ended = true;
      }
    }
    const archive = archiveOf([{ name: 'endless', about: 'no end', pages: endless() }], AT);
    const chunks = archive[Symbol.asyncIterator]();
    await chunks.next();
    let waiting = 0;
    while (waiting !== read) {
      waiting = read;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(waiting).toBeLessThan(2_000);
    for (let taken = 0; taken < 100; taken += 1) await chunks.next();
    expect(read).toBeGreaterThan(waiting);
    archive.destroy();
    await vi.waitFor(() => expect(ended).toBe(true));
  });

  it('fails with the error of a part instead of ending early', async () => {
    async function* broken(): AsyncGenerator<object[]> {
      yield [{ n: 1 }];
      throw new Error('The part cannot be read');
    }
    await expect(buffer(archiveOf([{ name: 'broken', about: 'ends', pages: broken() }], AT))).rejects.toThrow(
      'The part cannot be read',
    );
  });
});

describe('pages', () => {
  it('are read one after the other, up to the first that is not full', async () => {
    const all = Array.from({ length: 2 * EXPORT_PAGE + 1 }, (_, id) => ({ id }));
    const read = async (after: number | undefined) => all.slice((after ?? -1) + 1).slice(0, EXPORT_PAGE);
    const sizes: number[] = [];
    const seen: object[] = [];
    for await (const page of pagesOf(read, ({ id }) => id)) {
      sizes.push(page.length);
      seen.push(...page);
    }
    expect(sizes).toEqual([EXPORT_PAGE, EXPORT_PAGE, 1]);
    expect(seen).toEqual(all);
  });
});

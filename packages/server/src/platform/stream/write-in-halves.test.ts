import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCKED } from './group-commit.ts';
import { writeInHalves } from './write-in-halves.ts';

interface Item {
  key: string;
  at: number;
  isBad: boolean;
}

const items = fc
  .array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), isBad: fc.boolean() }), { minLength: 1, maxLength: 12 })
  .map((all) => all.map((item, at): Item => ({ ...item, at })));

test('bad items fail alone, and no item overtakes an earlier blocked one of its key', async () => {
  await fc.assert(
    fc.asyncProperty(items, fc.infiniteStream(fc.boolean()), async (all, locked) => {
      const written: Item[] = [];
      const results = await writeInHalves(all, {
        keyOf: ({ key }) => key,
        isOfOne: () => true,
        async write(some) {
          if (some.some(({ isBad }) => isBad)) throw new Error('bad');
          const free = new Map(
            [...new Set(some.map(({ key }) => key))].map((key) => [key, locked.next().value === false]),
          );
          written.push(...some.filter(({ key }) => free.get(key)));
          return some.map((item) => (free.get(item.key) ? item.at : BLOCKED));
        },
      });
      expect(results).toHaveLength(all.length);
      for (const [at, item] of all.entries()) {
        const result = results[at];
        if (result instanceof Error) expect(item.isBad).toBe(true);
        else if (result === BLOCKED) expect(written).not.toContain(item);
        else expect([result, written.includes(item)]).toEqual([item.at, true]);
        const later = all.slice(at + 1).filter(({ key }) => key === item.key);
        if (result === BLOCKED) expect(written.filter((each) => later.includes(each))).toEqual([]);
      }
    }),
  );
});

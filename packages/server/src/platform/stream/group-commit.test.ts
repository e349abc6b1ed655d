import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCKED, GroupCommit } from './group-commit.ts';

interface Item {
  key: string;
  n: number;
}

describe('group commit', () => {
  it('keeps the order of each key, answers every item with its own result, and runs at most two writes at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), wait: fc.integer({ min: 0, max: 2 }) }), {
          minLength: 1,
          maxLength: 60,
        }),
        fc.nat(3),
        fc.integer({ min: 1, max: 7 }),
        async (steps, pace, batch) => {
          const written = new Map<string, number[]>();
          let open = 0;
          let widest = 0;
          const group = new GroupCommit<Item, string>({
            batch,
            keyOf: (item) => item.key,
            paceMs: pace,
            async flush(items) {
              open += 1;
              widest = Math.max(widest, open);
              expect(items.length).toBeLessThanOrEqual(batch);
              await sleep(Math.random() * 2);
              for (const { key, n } of items) written.set(key, [...(written.get(key) ?? []), n]);
              open -= 1;
              return items.map(({ key, n }) => (n % 7 === 3 ? new Error(`${key}${n}`) : `${key}${n}`));
            },
          });
          const answers: Promise<string>[] = [];
          for (const [n, { key, wait }] of steps.entries()) {
            answers.push(group.add({ key, n }).catch((error: Error) => `failed ${error.message}`));
            if (wait > 1) await sleep(0);
          }
          await group.drain();
          const results = await Promise.all(answers);
          expect(results).toEqual(steps.map(({ key }, n) => (n % 7 === 3 ? `failed ${key}${n}` : `${key}${n}`)));
          for (const numbers of written.values()) expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
          expect([...written.values()].flat()).toHaveLength(steps.length);
          expect(widest).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('writes a blocked key separately, in order, without delaying others', async () => {
    const done: string[] = [];
    let unlock: () => void = () => undefined;
    const locked = new Promise<void>((resolve) => (unlock = resolve));
    const group = new GroupCommit<Item, string>({
      keyOf: (item) => item.key,
      paceMs: 0,
      async flush(items, alone) {
        if (alone) {
          expect(new Set(items.map(({ key }) => key)).size).toBe(1);
          await locked;
        }
        return items.map(({ key, n }) => (key === 'locked' && !alone ? BLOCKED : `${key}${n}`));
      },
    });
    const add = (key: string, n: number) => group.add({ key, n }).then((result) => void done.push(result));
    const first = [add('locked', 1), add('free', 1), add('locked', 2)];
    await sleep(5);
    const later = [add('locked', 3), add('free', 2)];
    await sleep(5);
    expect(done).toEqual(['free1', 'free2']);
    unlock();
    await Promise.all([...first, ...later]);
    expect(done.slice(2)).toEqual(['locked1', 'locked2', 'locked3']);
    await group.drain();
  });

  it('includes items that arrive during a write in the next one', async () => {
    const sizes: number[] = [];
    const group = new GroupCommit<Item, number>({
      keyOf: () => 'one',
      paceMs: 0,
      async flush(items) {
        sizes.push(items.length);
        await sleep(5);
        return items.map(({ n }) => n);
      },
    });
    const first = group.add({ key: 'a', n: 0 });
    await sleep(2);
    await Promise.all([first, ...[1, 2, 3].map((n) => group.add({ key: 'a', n }))]);
    expect(sizes).toEqual([1, 3]);
  });

  it('writes a single item immediately, and then keeps its pace', async () => {
    const starts: number[] = [];
    const group = new GroupCommit<Item, number>({
      keyOf: () => 'one',
      paceMs: 40,
      async flush(items) {
        starts.push(performance.now());
        return items.map(({ n }) => n);
      },
    });
    const first = group.add({ key: 'a', n: 0 });
    await setImmediate();
    expect(starts).toHaveLength(1);
    await first;
    await Promise.all([1, 2, 3].map((n) => group.add({ key: 'a', n })));
    expect(starts).toHaveLength(2);
    expect(starts[1]! - starts[0]!).toBeGreaterThan(35);
  });

  it('does not delay a second item that arrives just as the first is answered', async () => {
    const group = new GroupCommit<Item, number>({
      keyOf: () => 'one',
      paceMs: 0,
      flush: async (items) => items.map(({ n }) => n),
    });
    for (let ticks = 0; ticks < 20; ticks++) {
      await group.add({ key: 'a', n: ticks });
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    }
    await group.drain();
  });

  it('fails a batch together and continues with the next one', async () => {
    let turn = 0;
    const group = new GroupCommit<Item, number>({
      keyOf: () => 'one',
      paceMs: 0,
      async flush(items) {
        turn += 1;
        if (turn === 1) throw new Error('the database is away');
        return items.map(({ n }) => n);
      },
    });
    const failed = await Promise.allSettled([1, 2].map((n) => group.add({ key: 'a', n })));
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(group.add({ key: 'a', n: 3 })).resolves.toBe(3);
  });

  it('never leaves an item without a result if a write omits one', async () => {
    const group = new GroupCommit<Item, number>({ keyOf: () => 'one', paceMs: 0, flush: async () => [] });
    await expect(group.add({ key: 'a', n: 1 })).rejects.toThrow('no result');
  });

  it('handles a synchronous exception and continues', async () => {
    let turn = 0;
    const group = new GroupCommit<Item, number>({
      keyOf: () => 'one',
      paceMs: 0,
      flush(items) {
        turn += 1;
        if (turn === 1) throw new Error('thrown, not rejected');
        return Promise.resolve(items.map(({ n }) => n));
      },
    });
    await expect(group.add({ key: 'a', n: 1 })).rejects.toThrow('thrown, not rejected');
    await expect(group.add({ key: 'a', n: 2 })).resolves.toBe(2);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamName } from '@atrium/protocol';
import { expect, test } from 'vitest';
import type { CommittedEvent } from '../stream/index.ts';
import { HeadsOutbox } from './heads-outbox.ts';

const committed = (stream: string, seq: number) =>
  ({
    stream: `workspace:${stream}`,
    seq,
    type: 'workspace:updated',
    actorId: null,
    body: {},
    at: new Date(),
  }) as CommittedEvent;

function outbox() {
  const told: Record<StreamName, number>[] = [];
  return { told, box: new HeadsOutbox((heads) => told.push(heads)) };
}

test('what is committed in one turn is told once, each stream with its furthest number', async () => {
  const { box, told } = outbox();
  box.add([committed('a', 1), committed('a', 2), committed('b', 7)]);
  box.add([committed('a', 1)]);
  box.add([]);
  expect(told).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual([{ 'workspace:a': 2, 'workspace:b': 7 }]);
});

test('a burst of commits is announced in few messages, and always up to its end', async () => {
  const { box, told } = outbox();
  const start = performance.now();
  let seq = 0;
  while (performance.now() - start < 200) {
    seq += 1;
    box.add([committed('a', seq)]);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await sleep(30);
  expect(told.at(-1)).toEqual({ 'workspace:a': seq });
  expect(told.length).toBeLessThan(25);
  expect(seq).toBeGreaterThan(told.length);
});

import { expect, test } from 'vitest';
import { z } from 'zod';
import { collectJobs, defineJob } from './job.ts';

const greet = defineJob('test.greet', z.strictObject({ userId: z.uuid() }));
const userId = '5ccf6f4f-7b4b-4b6c-9a1c-0d2a9c8f0f10';

test('a payload is validated when the job is queued', () => {
  const { enqueue, queued } = collectJobs();
  enqueue(greet, { userId }, { delayMs: 50 });
  expect(queued).toEqual([{ job: greet, data: { userId }, delayMs: 50 }]);
  expect(() => enqueue(greet, { userId: 'Ann' })).toThrow('Invalid UUID');
  // @ts-expect-error the payload is typed by the definition
  expect(() => enqueue(greet, {})).toThrow('userId');
  expect(queued).toHaveLength(1);
});

test('a payload is validated again before the job runs', async () => {
  const greeted: string[] = [];
  const job = greet.handledBy(async (data) => void greeted.push(data.userId));
  const run = { id: 'x', attempt: 1, last: false, signal: new AbortController().signal };
  await job.run({ userId }, run);
  await expect(job.run({ userId: 7 }, run)).rejects.toMatchObject({ name: 'PermanentFailure' });
  expect(greeted).toEqual([userId]);
});

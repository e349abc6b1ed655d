import { expect, it } from 'vitest';
import { rememberDays } from './remembered.ts';

it('reads days once for each stamp, and forgets those who asked first', async () => {
  const remembered = rememberDays();
  let reads = 0;
  const ask = (userId: string, stamp: string) =>
    remembered.get(userId, stamp, () => {
      reads += 1;
      return Promise.resolve([reads]);
    });
  expect(await ask('ann', 'a')).toEqual([1]);
  expect(await ask('ann', 'a')).toEqual([1]);
  expect(await ask('ann', 'b')).toEqual([2]);
  expect(await ask('ben', 'b')).toEqual([3]);
  for (let at = 0; at < 999; at += 1) await ask(`person ${at}`, 'a');
  expect(await ask('ben', 'b')).toEqual([3]);
  expect(await ask('ann', 'b')).toEqual([1_003]);
});

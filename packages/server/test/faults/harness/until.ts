import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves with the milliseconds until a condition is true. Rejects with what is still missing after `withinMs`. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  withinMs: number,
  missing: string | (() => string),
): Promise<number> {
  const start = performance.now();
  while (!(await isSo())) {
    if (performance.now() - start > withinMs) {
      throw new Error(`not within ${withinMs} ms: ${typeof missing === 'string' ? missing : missing()}`);
    }
    await sleep(10);
  }
  return performance.now() - start;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { headsOf, settle, type Verification } from '../faults/harness/verify.ts';

/** Longer than clients hold their receipts back. */
const STILL_MS = 1_500;

/**
 * Resolves when everybody has everything and nothing more comes: receipts of the last message follow it.
 * @returns how long the talkers took at first, in milliseconds
 */
export async function quiet(verification: Verification): Promise<number> {
  const settledMs = await settle(verification);
  const heads = async () =>
    JSON.stringify([...(await headsOf(verification.databaseUrl, [...verification.since.keys()]))]);
  for (let before = await heads(); ; ) {
    await sleep(STILL_MS);
    const now = await heads();
    if (now === before) break;
    before = now;
  }
  await settle(verification);
  return settledMs;
}

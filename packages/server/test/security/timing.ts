import { expect } from 'vitest';
import { createPasswordHasher } from '../../src/modules/identity/passwords/hasher.ts';

/** Each is tried so often before anything is said of its time, and so often at most. */
const ROUNDS = { least: 10, most: 60 };

/**
 * Expects that the least time of each act is that of the others, within half of what hashing a password takes: whoever
 * leaves out a hash is seen. They are tried in turn, so that whatever else the machine does meets all of them, which
 * can only make them slower: what differs for no reason of its own is alike after a few rounds more.
 * @param acts each of which hashes a password once, with the parameters of today
 */
export async function expectEqualTiming(acts: Record<string, () => Promise<unknown>>): Promise<void> {
  const hasher = createPasswordHasher();
  let hash = Number.POSITIVE_INFINITY;
  const least = new Map<string, number>();
  const timed = async (act: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await act();
    return performance.now() - start;
  };
  const spread = () => Math.max(...least.values()) - Math.min(...least.values());
  for (let round = 0; round < ROUNDS.least || (round < ROUNDS.most && spread() >= hash / 2); round += 1) {
    hash = Math.min(hash, await timed(() => hasher.hash('wrong horse battery')));
    for (const [name, act] of Object.entries(acts)) {
      least.set(name, Math.min(least.get(name) ?? Number.POSITIVE_INFINITY, await timed(act)));
    }
  }
  expect(spread(), JSON.stringify({ hash, ...Object.fromEntries(least) })).toBeLessThan(hash / 2);
}

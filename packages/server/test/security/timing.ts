import { expect } from 'vitest';
import { createPasswordHasher } from '../../src/modules/identity/passwords/hasher.ts';

/** Minimum and maximum number of attempts of each before their times are compared. */
const ROUNDS = { least: 10, most: 60 };

/**
 * Expects that the shortest times of all acts differ by less than half of the time of hashing a password, so that a
 * missing hash is detected. They run in turn, so that other load on the machine affects all of them, and can only make
 * them slower: accidental differences disappear after some more rounds.
 * @param acts each of which hashes a password once, with the current parameters
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

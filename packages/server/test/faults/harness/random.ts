/** A source of numbers in [0, 1), determined by a seed. */
export type Random = () => number;

/** Mulberry32: small, and good enough to choose moments. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The generator of one test: seeded by FAULT_SEED, or by the time. Prints the seed, so that a failing run can be
 * repeated.
 */
export function seededRandom(test: string): Random {
  const seed = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);
  process.stdout.write(`${test} seed ${seed}\n`);
  return randomFrom(seed);
}

/** A number between two bounds. */
export function between(random: Random, least: number, most: number): number {
  return least + random() * (most - least);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { between, type Random } from './random.ts';

/** A fault, which is over when it resolves. */
export interface Fault {
  name: string;
  /** Its weight among the others; 1 unless given. */
  weight?: number;
  strike(): Promise<void>;
}

export interface Schedule {
  random: Random;
  faults: readonly Fault[];
  /** Total number of faults. */
  count: number;
  /** The shortest and the longest pause before each, in milliseconds. */
  pauseMs: readonly [number, number];
}

/** Runs one fault after another, at times and in an order determined by the seed. @returns what happened when */
export async function injectFaults({ random, faults, count, pauseMs }: Schedule): Promise<string[]> {
  const start = performance.now();
  const struck: string[] = [];
  for (let at = 0; at < count; at++) {
    await sleep(between(random, ...pauseMs));
    const fault = choose(faults, random);
    struck.push(`${Math.round(performance.now() - start)} ms ${fault.name}`);
    await fault.strike();
  }
  return struck;
}

function choose(faults: readonly Fault[], random: Random): Fault {
  let left = random() * faults.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const found = faults.find(({ weight = 1 }) => {
    left -= weight;
    return left < 0;
  });
  const [first] = faults;
  if (first === undefined) throw new RangeError('A schedule needs a fault.');
  return found ?? first;
}

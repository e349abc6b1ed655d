import { setTimeout as sleep } from 'node:timers/promises';
import { between, type Random } from './random.ts';

/** Something that goes wrong, and is over when it resolves. */
export interface Fault {
  name: string;
  /** How often it is chosen, beside the others; 1 unless given. */
  weight?: number;
  strike(): Promise<void>;
}

export interface Schedule {
  random: Random;
  faults: readonly Fault[];
  /** How many there are in all. */
  count: number;
  /** The least and the longest calm before each, in milliseconds. */
  pauseMs: readonly [number, number];
}

/** Lets one fault after another strike, at moments and in an order that the seed decides. @returns what struck when */
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

/** The long form runs at night: more of everything, and the waiting times of the plan. */
export const LONG = process.env.FAULT_FORM === 'long';

/** Values of a test for its short and its long form. */
export function shortOrLong<Value>(short: Value, long: Value): Value {
  return LONG ? long : short;
}

/**
 * A time limit in milliseconds: the promised one in the long form, which runs on a separate machine, and three times
 * that in the short one, which runs beside anything.
 */
export function allowedMs(promisedMs: number): number {
  return shortOrLong(3 * promisedMs, promisedMs);
}

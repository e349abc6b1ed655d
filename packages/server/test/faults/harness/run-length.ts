/** The long form runs at night: more of everything, and the waits of the plan. */
export const LONG = process.env.FAULT_FORM === 'long';

/** What a test uses in its short and in its long form. */
export function shortOrLong<Value>(short: Value, long: Value): Value {
  return LONG ? long : short;
}

/**
 * How long something may take, in milliseconds: what is promised in the long form, which runs on a machine of its own,
 * and three times that in the short one, which runs anywhere beside anything.
 */
export function allowedMs(promisedMs: number): number {
  return shortOrLong(3 * promisedMs, promisedMs);
}

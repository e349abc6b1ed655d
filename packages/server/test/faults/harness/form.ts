/** The long form runs at night: more of everything, and the waits of the plan. */
export const LONG = process.env.FAULT_FORM === 'long';

/** What a test uses in its short and in its long form. */
export function inForm<Value>(short: Value, long: Value): Value {
  return LONG ? long : short;
}

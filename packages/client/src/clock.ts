/** The current time in milliseconds since 1970. Nothing else in this package reads the clock. */
export function systemNow(): number {
  return Date.now();
}

/** The one place of this package that reads the clock; milliseconds since 1970. */
export function systemNow(): number {
  return Date.now();
}

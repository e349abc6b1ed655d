/** Whether a value is an address of this app, to which it may lead somebody: `/tasks?q=1`, but not `//elsewhere`. Pure. */
export function isOwnAddress(value: unknown): value is string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value);
}

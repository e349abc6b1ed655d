/**
 * Counts failures exactly, however many calls come at once.
 * A call under way may still fail, so it holds a place; who finds no place waits for a call to end instead of being
 * refused, and only failures that have happened refuse.
 */
export class FailureGate {
  private readonly underWay = new Map<string, { count: number; waiting: (() => void)[] }>();

  /**
   * Waits until the call may be tried.
   * @param failures how many failures stand against the key now
   * @returns false when they have reached the limit
   */
  async enter(key: string, points: number, failures: () => Promise<number>): Promise<boolean> {
    for (;;) {
      const failed = await failures();
      if (failed >= points) return false;
      const entry = this.underWay.get(key) ?? { count: 0, waiting: [] };
      if (failed + entry.count < points) {
        entry.count += 1;
        this.underWay.set(key, entry);
        return true;
      }
      await new Promise<void>((resolve) => entry.waiting.push(resolve));
    }
  }

  /** A call has ended, and its failure, if it was one, has been counted. */
  leave(key: string): void {
    const entry = this.underWay.get(key);
    if (entry === undefined) return;
    entry.count -= 1;
    const waiting = entry.waiting.splice(0);
    if (entry.count === 0 && waiting.length === 0) this.underWay.delete(key);
    for (const wake of waiting) wake();
  }
}

/**
 * Counts failures exactly, even for parallel calls. A running call may still fail, so it holds a slot; a call without a
 * slot waits for one to end instead of being refused. Only failures that happened lead to a refusal.
 */
export class FailureGate {
  private readonly underWay = new Map<string, { count: number; waiting: (() => void)[] }>();

  /**
   * Waits until the call may be tried.
   * @param failures the current number of failures of the key
   * @returns false if the limit is reached
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

  /** A call ended, and its failure, if any, was counted. */
  leave(key: string): void {
    const entry = this.underWay.get(key);
    if (entry === undefined) return;
    entry.count -= 1;
    const waiting = entry.waiting.splice(0);
    if (entry.count === 0 && waiting.length === 0) this.underWay.delete(key);
    for (const wake of waiting) wake();
  }
}

/** Counts, by user, bytes that were passed to connections and not yet received by the client. */
export class UnreadBytes {
  private readonly sources = new Map<string, Set<() => number>>();

  /**
   * Adds a source of unread bytes of this user.
   * @param bytes returns the current number
   * @returns a function that removes it
   */
  watch(key: string, bytes: () => number): () => void {
    const sources = this.sources.get(key) ?? new Set();
    this.sources.set(key, sources);
    sources.add(bytes);
    return () => {
      sources.delete(bytes);
      if (sources.size === 0 && this.sources.get(key) === sources) this.sources.delete(key);
    };
  }

  /** All unread bytes of this user, on all connections. */
  of(key: string): number {
    let sum = 0;
    for (const bytes of this.sources.get(key) ?? []) sum += bytes();
    return sum;
  }
}

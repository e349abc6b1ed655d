/** Bytes that were handed to connections and not yet taken by the other side, by the person that they are for. */
export class UnreadBytes {
  private readonly sources = new Map<string, Set<() => number>>();

  /**
   * Counts what waits somewhere for this person.
   * @param bytes says how much it is now
   * @returns stops counting
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

  /** All that waits for this person, on all connections. */
  of(key: string): number {
    let sum = 0;
    for (const bytes of this.sources.get(key) ?? []) sum += bytes();
    return sum;
  }
}

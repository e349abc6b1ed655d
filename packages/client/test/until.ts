/** Resolves when something is so; rejects when it has not become so in time. */
export async function until(isSo: () => boolean, withinMs = 5_000): Promise<void> {
  const start = performance.now();
  while (!isSo()) {
    if (performance.now() - start > withinMs) throw new Error(`Not so after ${withinMs} ms: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

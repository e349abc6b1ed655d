/** How long requests are collected before they are sent together. */
const GATHER_MS = 30;

/**
 * Combines many small requests into few calls.
 * @param load loads all keys at once; a key may be missing in the result
 * @param max maximum number of keys per call
 */
export function batched<Answer>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Answer>>,
  max: number,
): (key: string) => Promise<Answer | undefined> {
  let waiting = new Set<string>();
  let answer: Promise<ReadonlyMap<string, Answer>> | undefined;
  return async (key) => {
    if (waiting.size >= max) answer = undefined;
    if (!answer) {
      const keys = new Set<string>();
      waiting = keys;
      const mine = new Promise<void>((resolve) => setTimeout(resolve, GATHER_MS)).then(() => {
        if (waiting === keys) answer = undefined;
        return load([...keys]);
      });
      answer = mine;
    }
    waiting.add(key);
    return (await answer).get(key);
  };
}

import { setImmediate as nextTurn } from 'node:timers/promises';

/** Maximum time for which work may block the event loop. */
const MOST_MS = 5;

/** Called between the steps of long work. Resolves at once, or in a later turn of the event loop. */
export type Pace = () => Promise<void> | undefined;

/** Creates the pace of one piece of work. It affects only timing, never results. */
export function createPace(): Pace {
  let begun = performance.now();
  return () => {
    if (performance.now() - begun < MOST_MS) return undefined;
    return nextTurn().then(() => {
      begun = performance.now();
    });
  };
}

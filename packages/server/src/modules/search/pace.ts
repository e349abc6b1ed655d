import { setImmediate as nextTurn } from 'node:timers/promises';

/** So long work may hold the event loop in one go. */
const MOST_MS = 5;

/** Paces long work: to be called between its steps. Resolves at once, or after others had their turn. */
export type Pace = () => Promise<void> | undefined;

/** Creates the pace of one piece of work. It decides when things are done, never what. */
export function createPace(): Pace {
  let begun = performance.now();
  return () => {
    if (performance.now() - begun < MOST_MS) return undefined;
    return nextTurn().then(() => {
      begun = performance.now();
    });
  };
}

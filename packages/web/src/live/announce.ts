import { useSyncExternalStore } from 'react';

/** What a screen reader is told: `polite` waits for its turn, `assertive` does not. */
export type Politeness = 'polite' | 'assertive';

const said: Record<Politeness, string> = { polite: '', assertive: '' };
const listeners = new Set<() => void>();

/** Has a screen reader say something. What is not yet spoken is replaced. */
export function announce(text: string, politeness: Politeness = 'polite'): void {
  // The same sentence twice would be no change, and would not be spoken again.
  said[politeness] = said[politeness] === text ? `${text}\u200b` : text;
  for (const listener of listeners) listener();
}

/** For the announcer of the shell: what there is to say. */
export function useAnnouncement(politeness: Politeness): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said[politeness],
  );
}

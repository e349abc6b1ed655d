import { useSyncExternalStore } from 'react';

/** The texts for screen readers: `polite` waits for its turn, `assertive` does not. */
export type Politeness = 'polite' | 'assertive';

const said: Record<Politeness, string> = { polite: '', assertive: '' };
const listeners = new Set<() => void>();

/** Makes a screen reader say a text. It replaces a text that was not spoken yet. */
export function announce(text: string, politeness: Politeness = 'polite'): void {
  // The same text twice would not be a change, and would not be spoken again.
  said[politeness] = said[politeness] === text ? `${text}\u200b` : text;
  for (const listener of listeners) listener();
}

/** For the announcer of the shell: the current texts. */
export function useAnnouncement(politeness: Politeness): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said[politeness],
  );
}

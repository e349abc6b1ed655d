import type { ForgottenTimer } from '@atrium/protocol';
import { useMemo, useSyncExternalStore } from 'react';
import { useLive } from '../../live/use-live.ts';

/** Questions that were answered with "still working", as the server asked them: it may ask again later. */
let answered: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();
const keyOf = ({ entryId, askedAt }: ForgottenTimer) => `${entryId} ${askedAt}`;

/** Answers that a timer was not forgotten. */
export function dismissForgotten(timer: ForgottenTimer): void {
  answered = new Set([...answered, keyOf(timer)]);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** My timers that wait for an answer, the one that began first comes first. */
export function useForgotten(): readonly ForgottenTimer[] {
  const forgotten = useLive((state) => state.forgotten);
  const gone = useSyncExternalStore(subscribe, () => answered);
  return useMemo(
    () =>
      Object.values(forgotten)
        .filter((timer) => !gone.has(keyOf(timer)))
        .sort((one, other) => one.startedAt.localeCompare(other.startedAt)),
    [forgotten, gone],
  );
}

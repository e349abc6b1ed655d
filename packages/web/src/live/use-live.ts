import type { ClientState } from '@atrium/client';
import { useRef, useSyncExternalStore } from 'react';
import { client } from './client.ts';
import { type Selection, selectFrom } from './selection.ts';

const subscribe = (listener: () => void) => client.on('change', listener);

/**
 * The result of `select` on the live state. Renders again only if it has changed.
 * @param select returns something read from the state, never the state itself
 * @param same whether two results are equal; needed if `select` creates a new object or list
 */
export function useLive<T>(select: (state: ClientState) => T, same: (a: T, b: T) => boolean = Object.is): T {
  const last = useRef<Selection<ClientState, T>>(undefined);
  return useSyncExternalStore(subscribe, () => {
    const known = last.current;
    if (known?.state === client.state && known.select === select) return known.value;
    last.current = selectFrom(client.state, select, same, known);
    return last.current.value;
  });
}

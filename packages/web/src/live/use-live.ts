import type { ClientState } from '@atrium/client';
import { useRef, useSyncExternalStore } from 'react';
import { client } from './client.ts';

const subscribe = (listener: () => void) => client.on('change', listener);

/**
 * The result of `select` on the live state. Renders again only if it has changed.
 * @param same whether two results are equal; needed if `select` creates a new object or list
 */
export function useLive<T>(select: (state: ClientState) => T, same: (a: T, b: T) => boolean = Object.is): T {
  const last = useRef<{ state: ClientState; select: unknown; value: T }>(undefined);
  return useSyncExternalStore(subscribe, () => {
    const { state } = client;
    const known = last.current;
    if (known && known.state === state && known.select === select) return known.value;
    const found = select(state);
    const value = known && same(known.value, found) ? known.value : found;
    last.current = { state, select, value };
    return value;
  });
}

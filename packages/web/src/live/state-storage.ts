import type { KeptState, StateStorage } from '@atrium/client';
import { createStore, del, get, set } from 'idb-keyval';

const KEY = 'last';

/** Stores the last state in this browser, so that the app opens with it, with or without a connection. */
export function stateStorage(): StateStorage {
  const store = createStore('atrium', 'state');
  return {
    load: () => get<KeptState>(KEY, store),
    save: (kept) => set(KEY, kept, store),
    clear: () => del(KEY, store),
  };
}

/** Optimistic changes, by the id of what they change. */
export interface Patches<Patch> {
  subscribe: (changed: () => void) => () => void;
  get: (id: string) => Patch | undefined;
  set: (id: string, patch: Patch | undefined) => void;
}

/** Keeps such changes in memory. */
export function createPatches<Patch>(): Patches<Patch> {
  const patches = new Map<string, Patch>();
  const listeners = new Set<() => void>();
  return {
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    get: (id) => patches.get(id),
    set: (id, patch) => {
      if (patch === undefined) patches.delete(id);
      else patches.set(id, patch);
      for (const changed of listeners) changed();
    },
  };
}

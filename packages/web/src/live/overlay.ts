import type { ClientState } from '@atrium/client';
import { useSyncExternalStore } from 'react';
import { client } from './client.ts';

/** `kind:id` of an object, such as `message:0199…`. */
type ThingKey = `${string}:${string}`;

/** An optimistic change, shown before the server has confirmed it. */
interface Patch {
  thing: ThingKey;
  fields: Readonly<Record<string, unknown>>;
  /** Finds the object in the live state: once it is a different one, the change has arrived by the stream. */
  read: (state: ClientState) => unknown;
}

/** How long a confirmed change is shown if it does not arrive by the stream. */
const LINGER_MS = 5_000;

let patches: readonly Patch[] = [];
const listeners = new Set<() => void>();

function set(next: readonly Patch[]): void {
  patches = next;
  for (const listener of listeners) listener();
}

/**
 * Shows a change immediately.
 * @returns `confirm`: the server has done it, show it until it arrives by the stream; `undo`: it was refused
 */
export function showPatch(patch: Patch): { confirm: () => void; undo: () => void } {
  const before = patch.read(client.state);
  set([...patches, patch]);
  const undo = () => set(patches.filter((each) => each !== patch));
  const confirm = () => {
    const hasCome = () => patch.read(client.state) !== before;
    if (hasCome()) return undo();
    const end = () => {
      stop();
      clearTimeout(timer);
      undo();
    };
    const stop = client.on('change', () => hasCome() && end());
    const timer = setTimeout(end, LINGER_MS);
  };
  return { confirm, undo };
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The pending changes. */
export function usePatches(): readonly Patch[] {
  return useSyncExternalStore(subscribe, () => patches);
}

/** Applies changes to an object, oldest first; the same object if there are none. Pure. */
export function overlaid<Thing extends object>(all: readonly Patch[], key: ThingKey, thing: Thing): Thing {
  const mine = all.filter((patch) => patch.thing === key);
  return mine.length === 0 ? thing : Object.assign({}, thing, ...mine.map(({ fields }) => fields));
}

import { useSyncExternalStore } from 'react';
import { client } from './client.ts';

/** One timer for the whole page: on the second by the server's clock, stopped while the page is hidden. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let current = 0;

function tick(): void {
  current = client.now();
  for (const listener of listeners) listener();
  schedule();
}

function schedule(): void {
  clearTimeout(timer);
  timer = undefined;
  if (listeners.size > 0 && !document.hidden) timer = setTimeout(tick, 1_000 - (client.now() % 1_000));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    document.addEventListener('visibilitychange', tick);
    schedule();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', tick);
    clearTimeout(timer);
    timer = undefined;
  };
}

/**
 * The server's time in milliseconds since 1970; renders again after each step.
 * @param stepMs a whole number of seconds; 60,000 for times in minutes
 */
export function useNow(stepMs = 1_000): number {
  return useSyncExternalStore(subscribe, () => {
    if (timer === undefined) current = client.now();
    return current - (current % stepMs);
  });
}

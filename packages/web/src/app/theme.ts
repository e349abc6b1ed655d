import { useSyncExternalStore } from 'react';

/** Read by theme.boot.js before the first paint. */
const KEYS = { theme: 'atrium:theme', density: 'atrium:density' } as const;

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function apply(name: keyof typeof KEYS, value: string): void {
  document.documentElement.dataset[name] = value;
  for (const listener of listeners) listener();
}

// It was changed in another tab of this browser.
window.addEventListener('storage', ({ key, newValue }) => {
  for (const name of ['theme', 'density'] as const) if (key === KEYS[name] && newValue) apply(name, newValue);
});

/** The theme of the app on this device. */
export function useLook(): { theme: Theme; density: Density } {
  const theme = useSyncExternalStore(subscribe, () => document.documentElement.dataset.theme as Theme);
  const density = useSyncExternalStore(subscribe, () => document.documentElement.dataset.density as Density);
  return { theme, density };
}

/** Changes the theme, now and for the next visit. */
export function setLook(look: { theme?: Theme; density?: Density }): void {
  for (const name of ['theme', 'density'] as const) {
    const value = look[name];
    if (value === undefined) continue;
    localStorage.setItem(KEYS[name], value);
    apply(name, value);
  }
}

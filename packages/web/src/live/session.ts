import { AtriumError } from '@atrium/client';
import { useSyncExternalStore } from 'react';
import { client } from './client.ts';

/**
 * Whether somebody is signed in. `unknown`: not determined yet; `ended`: was signed in and no longer is, while the page
 * stays visible; `unverified`: signed in, but this instance requires a verified address first.
 */
export type SessionStatus = 'unknown' | 'in' | 'out' | 'ended' | 'unverified';

/**
 * Set while this browser may have a session: scripts cannot read its cookies, and asking the server each time would be
 * a refused request on every visit of a signed-out user.
 */
const HINT = 'atrium:session';

let status: SessionStatus = 'unknown';
const listeners = new Set<() => void>();
const otherTabs = new BroadcastChannel('atrium:session');

function set(next: SessionStatus): void {
  if (status === next) return;
  status = next;
  if (next === 'in') localStorage.setItem(HINT, 'yes');
  if (next === 'out' || next === 'ended') localStorage.removeItem(HINT);
  for (const listener of listeners) listener();
}

client.on('status', ({ status: connection, error }) => {
  if (connection === 'online' && client.state.me) set('in');
  if (connection !== 'refused') return;
  if (error?.code === 'unverified_email') set('unverified');
  else set(status === 'in' ? 'ended' : 'out');
});
otherTabs.addEventListener('message', ({ data }) => {
  if (data === 'signed-out' || status === 'out') location.reload();
});

/** The status, for code outside of components. */
export const sessionStatus = (): SessionStatus => status;

/** Renders again when the status changes. */
export function useSessionStatus(): SessionStatus {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => status,
  );
}

let resuming: Promise<void> | undefined;

/**
 * Continues with the state stored in an earlier visit. Without a connection the last state is shown; otherwise it
 * resolves when the session was checked.
 */
export async function resumeSession(): Promise<SessionStatus> {
  if (status === 'unknown' && localStorage.getItem(HINT) === null) set('out');
  if (status === 'out') return status;
  resuming ??= resume();
  await resuming;
  return status;
}

/** How long the server may take before the last state is shown instead. */
const PATIENCE_MS = 2_000;

function isReachable(): Promise<boolean> {
  return fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    () => true,
    () => false,
  );
}

async function resume(): Promise<void> {
  const entered = enter().catch((error: unknown) => {
    if (!(error instanceof AtriumError)) throw error;
  });
  const isHeard = await Promise.race([entered.then(() => true), isReachable()]);
  const isShown = !isHeard && (await client.restore());
  if (isShown && status === 'unknown') set('in');
  else await entered;
}

/** Before the browser leaves for a provider: it may come back signed in. */
export function expectSession(): void {
  localStorage.setItem(HINT, 'yes');
}

/** After signing in: opens the live connection, in the other tabs of this browser too. Resolves when the state is there. */
export async function enter(): Promise<void> {
  const wasOut = status === 'out';
  await client.connect();
  set('in');
  if (wasOut) otherTabs.postMessage('signed-in');
}

/** Signs out here and in the other tabs of this browser. */
export const signOut = (): Promise<void> =>
  leave(
    () => client.signOut(),
    ({ stopPush }) => stopPush(),
  );

/** After deleting the account, which has ended its sessions: leaves nothing of it in this browser. */
export const leaveDeletedAccount = (): Promise<void> =>
  leave(
    () => client.endSession(),
    ({ forgetPush }) => forgetPush(),
  );

type Push = typeof import('./push.ts');

async function leave(end: () => Promise<void>, endPush: (push: Push) => Promise<void>): Promise<void> {
  // Loaded only here: the first screen does not need it.
  await import('./push.ts').then(endPush).catch(() => undefined);
  await end();
  localStorage.removeItem(HINT);
  otherTabs.postMessage('signed-out');
  location.assign('/sign-in');
}

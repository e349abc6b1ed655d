import { useEffect } from 'react';
import { client } from '../../live/client.ts';
import { useLive } from '../../live/use-live.ts';
import type { PresenceStatus } from '../../ui/avatar/presence.tsx';

/** Whose presence was asked for already; from then on it follows by itself. */
const asked = new Set<string>();
let waiting = new Set<string>();

/** Asks for the presence of people, all those of one moment together. */
function ask(userIds: readonly string[]): void {
  const fresh = userIds.filter((id) => !asked.has(id));
  if (fresh.length === 0) return;
  if (waiting.size === 0) queueMicrotask(flush);
  for (const id of fresh) {
    asked.add(id);
    waiting.add(id);
  }
}

async function flush(): Promise<void> {
  const ids = [...waiting];
  waiting = new Set();
  for (let at = 0; at < ids.length; at += 100) {
    const some = ids.slice(at, at + 100);
    try {
      await client.loadPresence(some);
    } catch {
      // Whoever looks next asks again.
      for (const id of some) asked.delete(id);
    }
  }
}

/** Whether somebody is here; undefined until it is known. */
export function usePresence(userId: string | undefined): PresenceStatus | undefined {
  useEffect(() => {
    if (userId) ask([userId]);
  }, [userId]);
  return useLive(({ presence }) => (userId ? presence[userId]?.status : undefined));
}

/** Loads whether several people are here, for the parts below that show it. */
export function usePresenceOf(userIds: readonly string[]): void {
  const key = userIds.join();
  useEffect(() => ask(key === '' ? [] : key.split(',')), [key]);
}

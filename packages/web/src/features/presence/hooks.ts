import { useEffect } from 'react';
import { client } from '../../live/client.ts';
import { useLive } from '../../live/use-live.ts';
import type { PresenceStatus } from '../../ui/avatar/presence.tsx';

/** Whether somebody is here; undefined until it is known. */
export function usePresence(userId: string | undefined): PresenceStatus | undefined {
  useEffect(() => (userId ? client.watchPresence([userId]) : undefined), [userId]);
  return useLive(({ presence }) => (userId ? presence[userId]?.status : undefined));
}

/** Follows whether several people are here, for the parts below that show it. */
export function usePresenceOf(userIds: readonly string[]): void {
  const key = userIds.join();
  useEffect(() => client.watchPresence(key === '' ? [] : key.split(',')), [key]);
}
